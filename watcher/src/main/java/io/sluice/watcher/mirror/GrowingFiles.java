package io.sluice.watcher.mirror;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Files that somebody is writing. They are held back until they are complete, or have been quiet for a time; what does
 * neither, such as a log, is let go so often, and from the first time on it is no longer held back from what is pushed
 * anyway: its half is seen already. Each path that comes in goes out again, one way or the other. Thread-safe.
 */
final class GrowingFiles {
    private final Limits limits;
    /** Extra time for a file of a path, in nanoseconds: what costs much is not to be pushed as often. */
    private final ToLongFunction<byte[]> patience;
    /** Those that changed and were not let go since, the one that changed first in front. */
    private final Map<String, Growing> files = new LinkedHashMap<>();

    private final NavigableSet<Deadline> deadlines = new TreeSet<>(Deadline.EARLIEST);
    /** Let go at least once while they were open. */
    private final LinkedHashSet<String> shown = new LinkedHashSet<>();

    private long numbers;

    GrowingFiles(Limits limits, ToLongFunction<byte[]> patience) {
        this.limits = limits;
        this.patience = patience;
    }

    /**
     * Bounds.
     *
     * @param max files held at most; beyond, the oldest counts as quiet
     * @param quietNanos without a change until a file goes
     * @param intervalNanos from the first change until a file goes although there are further ones; 0: for ever
     */
    record Limits(int max, long quietNanos, long intervalNanos) {}

    /** A file with the time of its last change. */
    private record Growing(long changed, Deadline deadline) {}

    /** When a file goes even if it is not quiet; the number tells two of one time apart. */
    private record Deadline(String key, long at, long number, boolean isLast) {
        static final Comparator<Deadline> EARLIEST = (one, other) ->
                one.at == other.at ? Long.compare(one.number, other.number) : Long.signum(one.at - other.at);
    }

    /**
     * A file changed and is not closed.
     *
     * @return whether {@link #nextDue} may be sooner than it was
     */
    synchronized boolean grows(byte[] path, long nanos) {
        String key = key(path);
        Growing known = files.remove(key);
        if (known != null) {
            files.put(key, new Growing(nanos, known.deadline));
            return false;
        }
        Deadline deadline = new Deadline(key, nanos + limits.intervalNanos, numbers++, false);
        files.put(key, new Growing(nanos, deadline));
        if (limits.intervalNanos > 0) {
            deadlines.add(deadline);
        }
        boolean sooner = !deadlines.isEmpty() && deadlines.first().equals(deadline);
        return sooner || files.size() == 1 || files.size() > limits.max;
    }

    /**
     * A file is closed, or gone.
     *
     * @return whether it has changed since it was last let go
     */
    synchronized boolean completed(byte[] path) {
        String key = key(path);
        Growing known = files.remove(key);
        if (known != null) {
            deadlines.remove(known.deadline);
        }
        shown.remove(key);
        return known != null;
    }

    /** Whether a file is not to be pushed yet. */
    synchronized boolean holds(byte[] path) {
        if (files.isEmpty()) {
            return false;
        }
        String key = key(path);
        return files.containsKey(key) && !shown.contains(key);
    }

    /** Takes out the files that have not changed for the quiet time, or have for as long as the interval. */
    synchronized List<byte[]> takeDue(long now) {
        List<byte[]> due = new ArrayList<>();
        while (!deadlines.isEmpty() && now - deadlines.first().at >= 0) {
            Deadline first = deadlines.removeFirst();
            long extra = first.isLast ? 0 : patience.applyAsLong(bytes(first.key));
            Growing file = extra > 0 ? files.get(first.key) : files.remove(first.key);
            if (extra > 0 && file != null) {
                Deadline last = new Deadline(first.key, first.at + extra, first.number, true);
                files.replace(first.key, new Growing(file.changed, last)); // where it is in the order
                deadlines.add(last);
            } else {
                due.add(letGo(first.key));
            }
        }
        Iterator<Map.Entry<String, Growing>> oldest = files.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Growing> file = oldest.next();
            if (now - file.getValue().changed < limits.quietNanos && files.size() <= limits.max) {
                break;
            }
            oldest.remove();
            deadlines.remove(file.getValue().deadline);
            due.add(letGo(file.getKey()));
        }
        return due;
    }

    private byte[] letGo(String key) {
        shown.add(key);
        if (shown.size() > limits.max) {
            shown.removeFirst();
        }
        return bytes(key);
    }

    /** Nanoseconds until {@link #takeDue} may have something; absent if there is nothing. */
    synchronized OptionalLong nextDue(long now) {
        if (files.isEmpty()) {
            return OptionalLong.empty();
        }
        if (files.size() > limits.max) {
            return OptionalLong.of(0);
        }
        long next = files.values().iterator().next().changed + limits.quietNanos - now;
        if (!deadlines.isEmpty()) {
            next = Math.min(next, deadlines.first().at - now);
        }
        return OptionalLong.of(Math.max(0, next));
    }

    private static String key(byte[] path) {
        return new String(path, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }
}
