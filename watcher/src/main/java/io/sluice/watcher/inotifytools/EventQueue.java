package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyEvents;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kernel's events in their order, of which some may be looked at before their turn. */
final class EventQueue {
    /** Reads at most when looking ahead: more than the kernel's own queue holds by default, with the longest names. */
    private static final int MAX_READS_AHEAD = 128;

    private final Inotify inotify;
    private final InotifyEvents buffer = new InotifyEvents();
    private final Deque<Raw> ahead = new ArrayDeque<>();

    EventQueue(Inotify inotify) {
        this.inotify = inotify;
    }

    /** An event as the kernel tells it. */
    record Raw(int watch, int mask, int cookie, String name) {}

    /** Whether {@link #next} has one without asking the kernel. */
    boolean hasNext() {
        return !ahead.isEmpty();
    }

    /**
     * Waits for the next event.
     *
     * @return null if the time is over, or the wait was ended by {@link Inotify#wakeUp}
     */
    @Nullable
    Raw next(long timeoutMillis) throws IOException {
        if (ahead.isEmpty()) {
            inotify.read(buffer, timeoutMillis);
            takeAll();
        }
        return ahead.poll();
    }

    private void takeAll() {
        while (buffer.next()) {
            ahead.add(current());
        }
    }

    private Raw current() {
        String name = buffer.nameLength() == 0 ? "" : ByteText.of(buffer.name());
        return new Raw(buffer.watch(), buffer.mask(), buffer.cookie(), name);
    }

    /**
     * What the kernel has told through a watch that is new since the last call of any method; it is still to come from
     * {@link #next}. All that has happened until now is in it.
     *
     * @return for each name, the masks of its events together
     */
    Map<String, Integer> lookAhead(int watch) throws IOException {
        Map<String, Integer> told = new HashMap<>();
        for (int reads = 0; reads < MAX_READS_AHEAD && inotify.read(buffer, 0); reads++) {
            while (buffer.next()) {
                Raw event = current();
                ahead.add(event);
                if (event.watch == watch) {
                    told.merge(event.name, event.mask, (a, b) -> a | b);
                }
            }
        }
        return told;
    }
}
