package io.sluice.watcher.mirror;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What is dirty for one replica and when it is to be pushed:
 *
 * <pre>
 * fresh       marked lately: goes when nothing more has come for the settle time, or the maximum delay is over
 * backlog     what is too much for one session: goes a slice at a time, in turn with what is fresh
 * unfinished  could not be brought over in part; comes again when its pause is over
 * doubtful    was under way when a session broke off; is looked at again some times after that
 * </pre>
 *
 * <p>The last has a reason: a receiver whose client is gone may live on for a while with what it has in its buffers, and
 * put an old file over the new one that the next session brought. Thread-safe.
 */
final class DirtyQueue {
    /** Times of another look after a session broke off, each from the one before, in nanoseconds. */
    private static final long[] LOOKS = {1_000_000_000L, 5_000_000_000L, 30_000_000_000L};

    /** Times in a row that a batch is postponed at most, a maximum delay each. */
    private static final int PATIENCE = 10;

    private final Limits limits;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final DirtySet fresh;
    private final DirtySet backlog;
    private final DirtySet unfinished;
    private final DirtySet doubtful;
    private final Renames renames;
    private boolean backlogIsNext;
    private long unfinishedAt;
    private int looks;
    private long lookAt;
    private int postponed;
    private long postponedUntil;

    DirtyQueue(Limits limits) {
        this.limits = limits;
        fresh = new DirtySet(limits.bytes / 4);
        backlog = new DirtySet(limits.bytes / 8 * 3);
        unfinished = new DirtySet(limits.bytes / 8);
        doubtful = new DirtySet(limits.bytes / 8);
        renames = new Renames(limits.bytes / 8);
    }

    /**
     * Bounds of a queue.
     *
     * @param bytes of heap that it takes at most, without what is under way
     * @param slice paths that go together at most
     * @param settleNanos without a new path until the fresh ones go
     * @param maxDelayNanos from the first of the fresh paths until they go in any case
     */
    record Limits(long bytes, int slice, long settleNanos, long maxDelayNanos) {}

    /**
     * Marks a path.
     *
     * @return whether nothing was dirty before: the worker may sleep
     */
    synchronized boolean mark(DirtyPath path, int dirt, long nanos) {
        boolean first = isEmpty();
        fresh.mark(path, dirt, nanos);
        boundFresh();
        return first;
    }

    /**
     * Marks both names of what was renamed, so that they go together: unless the old one was just written to, and the
     * replica does not have that yet.
     *
     * @return as {@link #mark}
     */
    synchronized boolean markRenamed(Rename rename, long nanos) {
        boolean first = isEmpty();
        DirtyPath from = rename.oldPath();
        boolean news = !renames.ledTo(rename.from())
                && (fresh.isWritten(from) || backlog.isWritten(from) || unfinished.isWritten(from));
        fresh.mark(from, rename.oldDirt(), nanos);
        fresh.mark(rename.newPath(), news ? rename.newDirt() & ~Dirt.MOVED : rename.newDirt(), nanos);
        if (!news) {
            renames.add(rename);
        }
        boundFresh();
        return first;
    }

    private void boundFresh() {
        if (fresh.size() > limits.slice) {
            backlog.putBack(fresh.take());
        }
    }

    /** Nothing waits to be pushed now. */
    synchronized boolean isEmpty() {
        return fresh.isEmpty() && backlog.isEmpty();
    }

    /** Whether there is something that could not be brought over. */
    synchronized boolean hasUnfinished() {
        return !unfinished.isEmpty();
    }

    /** The time of the oldest change in it, or another time if that is older. */
    synchronized long oldest(long other) {
        long oldest = other;
        for (DirtySet set : List.of(fresh, backlog, unfinished)) {
            oldest = set.isEmpty() || set.since() - oldest >= 0 ? oldest : set.since();
        }
        return oldest;
    }

    /** Paths that wait to be pushed. */
    synchronized int size() {
        return fresh.size() + backlog.size() + unfinished.size();
    }

    /** Heap that it takes. */
    synchronized long bytes() {
        return fresh.bytes() + backlog.bytes() + unfinished.bytes() + doubtful.bytes() + renames.bytes();
    }

    /** Nanoseconds until there is something to push, 0 or less: now; {@link Pulse#FOREVER} if there is nothing. */
    synchronized long timeToWork(long now) {
        long time = isEmpty() ? Pulse.FOREVER : dueIn(now);
        if (!unfinished.isEmpty()) {
            time = Math.min(time, unfinishedAt - now);
        }
        return doubtful.isEmpty() ? time : Math.min(time, lookAt - now);
    }

    private long dueIn(long now) {
        if (postponed > 0) {
            return postponedUntil - now;
        }
        if (!backlog.isEmpty()) {
            return 0;
        }
        long settled = fresh.latest() - now + limits.settleNanos;
        return Math.min(settled, fresh.since() - now + limits.maxDelayNanos);
    }

    /**
     * Takes what is to be pushed next; what is fresh even if its time has not come. With a name of what was renamed goes
     * the other one.
     *
     * @param halvings of the number of paths that may go together, without those other names
     */
    synchronized DirtySet take(long now, int halvings) {
        int most = Math.max(1, limits.slice >> Math.min(halvings, Integer.SIZE - 1));
        if (!unfinished.isEmpty() && now - unfinishedAt >= 0) {
            add(unfinished.take());
        }
        if (!doubtful.isEmpty() && now - lookAt >= 0) {
            lookAgain(now);
        }
        if (fresh.size() + backlog.size() <= most) {
            fresh.putBack(backlog.take());
        }
        boolean takesBacklog = fresh.isEmpty() || (backlogIsNext && !backlog.isEmpty());
        backlogIsNext = !takesBacklog;
        DirtySet batch = (takesBacklog ? backlog : fresh).take(most, random);
        renames.complete(batch, List.of(fresh, backlog, unfinished), most);
        return batch;
    }

    private void lookAgain(long now) {
        if (looks + 1 < LOOKS.length) {
            looks++;
            lookAt = now + LOOKS[looks];
            add(doubtful.suspects(now));
        } else {
            add(doubtful.take().suspects(now));
        }
    }

    private void add(DirtySet paths) {
        if (fresh.size() + paths.size() <= limits.slice) {
            fresh.putBack(paths);
        } else {
            backlog.putBack(paths);
        }
    }

    /** Puts back what was taken and not pushed. */
    synchronized void putBack(DirtySet batch) {
        renames.putBack(batch);
        add(batch);
    }

    /**
     * Puts a batch back if names in it were renamed out of a directory that is gone by now although nothing told so yet:
     * it would go with all that is still in it on the replica, and more of that may have been renamed.
     *
     * @param absent which of some directories, a character for each byte, are gone
     * @return false: it can go, or has waited for long enough
     */
    synchronized boolean postpone(DirtySet batch, UnaryOperator<Set<String>> absent, long now) {
        Set<String> directories = postponed < PATIENCE ? renames.oldDirectories(batch) : Set.of();
        if (directories.isEmpty() || absent.apply(directories).isEmpty()) {
            postponed = 0;
            return false;
        }
        putBack(batch);
        postponed++;
        postponedUntil = now + limits.maxDelayNanos;
        return true;
    }

    /** A part of a batch could not be brought over: it waits apart, so that it does not hold up what changes meanwhile. */
    synchronized void partly(DirtySet batch, long again) {
        renames.putBack(batch);
        unfinished.putBack(batch);
        unfinishedAt = again;
    }

    /** A session with this batch broke off; the batch stays what it is. */
    synchronized void brokeOff(DirtySet batch, long now) {
        doubtful.putBack(batch.suspects(now));
        looks = 0;
        lookAt = now + LOOKS[0];
    }
}
