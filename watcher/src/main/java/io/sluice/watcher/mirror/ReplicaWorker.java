package io.sluice.watcher.mirror;

import io.sluice.watcher.mirror.ReplicaStatus.State;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps one replica equal to the source, on a thread of its own: takes what is dirty, looks what is there now, pushes
 * that; what fails is dirty again.
 */
final class ReplicaWorker implements Runnable {
    private static final DirtyPath ROOT = DirtyPath.of(new byte[0]);

    private final Replica replica;
    private final Parts parts;
    private final DirtyQueue dirty;

    private boolean synchronizedOnce;
    private long retryAt;
    private boolean waiting;
    private long pushes;
    /** Sessions that broke off, less those that did not: the more, the less goes in one, so that a bad line is no dead one. */
    private int brokenOff;

    private Optional<String> error = Optional.empty();
    /** Between taking what is dirty and knowing how it ended. */
    private volatile boolean busy;

    /** Of what is under way, the time of the oldest change; of no meaning if nothing is. */
    private volatile long busySince;

    private volatile boolean closing;
    private volatile boolean held;
    private volatile ReplicaStatus status =
            new ReplicaStatus(State.SYNCHRONIZING, 0, Duration.ZERO, 0, Optional.empty());

    /** What a worker works with. */
    record Parts(
            Push push,
            PushPlanner planner,
            SourceGuard guard,
            Backoff backoff,
            Backoff partialBackoff,
            Outage outage,
            Pulse pulse,
            MirrorListener listener) {}

    /** A worker that begins with everything dirty. */
    ReplicaWorker(Replica replica, Parts parts, DirtyQueue.Limits limits) {
        this.replica = replica;
        this.parts = parts;
        this.dirty = new DirtyQueue(limits);
        dirty.mark(ROOT, Dirt.SUBTREE, parts.pulse.now());
    }

    Replica replica() {
        return replica;
    }

    /**
     * The replica may differ in this path.
     *
     * @param how how much of it, in bits of {@link Dirt}
     */
    void mark(DirtyPath path, int how, long nanos) {
        if (dirty.mark(path, how, nanos)) {
            parts.pulse.wake();
        }
    }

    /** The replica may differ in both names of what was renamed, and has at the old one what is at the new one here. */
    void markRenamed(Rename rename, long nanos) {
        if (parts.push.mayDetectRenamed()) {
            if (dirty.markRenamed(rename, nanos)) {
                parts.pulse.wake();
            }
        } else {
            mark(rename.oldPath(), rename.oldDirt(), nanos);
            mark(rename.newPath(), rename.newDirt() & ~Dirt.MOVED, nanos);
        }
    }

    /** Nothing is pushed while the source is not there. */
    void hold(boolean value) {
        held = value;
        parts.pulse.wake();
    }

    /** Pushes what is dirty now, if it can be done without waiting, and ends. */
    void close() {
        closing = true;
        parts.pulse.wake();
    }

    /** Ends the push that is under way too. */
    void abort() {
        closing = true;
        parts.push.abort();
        parts.pulse.wake();
    }

    ReplicaStatus status() {
        ReplicaStatus known = status;
        return new ReplicaStatus(known.state(), dirty.size(), lag(), known.pushes(), known.error());
    }

    private Duration lag() {
        long now = parts.pulse.now();
        long oldest = busy ? busySince : now; // before what waits: a batch that fails goes back there
        return Duration.ofNanos(Math.max(0, now - dirty.oldest(oldest)));
    }

    /** Whether nothing is dirty, under way or unfinished. */
    boolean isInSync() {
        return !busy && status.state() == State.IN_SYNC && dirty.isEmpty();
    }

    @Override
    public void run() {
        try {
            tell(State.SYNCHRONIZING);
            while (awaitWork()) {
                work();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tell(State.CLOSED);
        }
    }

    /** Sleeps until there is something to push and the time for it has come; false to end. */
    private boolean awaitWork() throws InterruptedException {
        while (true) {
            if (closing && (held || waiting || dirty.isEmpty())) {
                return false;
            }
            long now = parts.pulse.now();
            long sleep = timeToWork(now);
            if (sleep <= 0) {
                return true;
            }
            parts.pulse.sleep(sleep);
        }
    }

    private long timeToWork(long now) {
        if (held) {
            tell(State.HELD);
            return Pulse.FOREVER;
        }
        if (waiting) {
            return retryAt - now;
        }
        return closing ? 0 : dirty.timeToWork(now);
    }

    private void work() {
        waiting = false;
        DirtySet batch = dirty.take(parts.pulse.now(), brokenOff);
        if (!closing && dirty.postpone(batch, parts.planner::absent, parts.pulse.now())) {
            return;
        }
        busySince = batch.since();
        busy = true;
        long began = parts.pulse.now();
        try (Closeable _ = parts.guard.hold()) {
            DirtySet rest = batch.sibling();
            PushPlan plan = parts.planner.plan(batch, rest);
            if (!plan.isEmpty()) {
                tell(synchronizedOnce ? State.PUSHING : State.SYNCHRONIZING);
                ended(batch, plan, parts.push.push(plan), began);
                parts.planner.lookAgain(plan, rest, parts.pulse.now());
            }
            dirty.putBack(rest);
            tellAfterwards();
        } catch (IOException | RuntimeException | Error e) { // a defect must not end the mirroring either
            failed(batch, e);
        } finally {
            busy = false;
        }
    }

    private void ended(DirtySet batch, PushPlan plan, Push.Outcome outcome, long began) {
        parts.backoff.reset();
        brokenOff /= 2;
        pushes++;
        if (parts.outage.ends(parts.pulse.now()) && !plan.isWhole()) {
            dirty.mark(ROOT, Dirt.SUBTREE, parts.pulse.now());
        }
        synchronizedOnce |= plan.isWhole();
        if (outcome.complete()) {
            if (!dirty.hasUnfinished()) {
                error = Optional.empty();
                parts.partialBackoff.reset();
            }
        } else {
            partly(batch, outcome);
        }
        long now = parts.pulse.now();
        PushedBatch pushed = new PushedBatch(
                plan.paths(),
                plan.subtrees().size(),
                outcome.files(),
                outcome.bytes(),
                millis(now - batch.since()),
                millis(now - began));
        parts.listener.pushed(replica, pushed);
    }

    private static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }

    private void partly(DirtySet batch, Push.Outcome outcome) {
        long pause = parts.partialBackoff.next();
        dirty.partly(batch, parts.pulse.now() + pause);
        String words = PushFailure.of(outcome.errors()).words();
        error = Optional.of(words);
        parts.listener.failed(replica, words, Duration.ofNanos(pause));
    }

    private void failed(DirtySet batch, Throwable e) {
        PushFailure failure = PushFailure.of(e);
        parts.outage.failed(parts.pulse.now());
        if (failure.began()) {
            dirty.brokeOff(batch, parts.pulse.now());
            brokenOff++;
        }
        dirty.putBack(batch);
        if (closing) {
            waiting = true;
            return;
        }
        long pause = parts.backoff.next();
        retryAt = parts.pulse.now() + pause;
        waiting = true;
        error = Optional.of(failure.words());
        tell(State.WAITING);
        parts.listener.failed(replica, failure.words(), Duration.ofNanos(pause));
    }

    private void tellAfterwards() {
        if (!synchronizedOnce) {
            tell(State.SYNCHRONIZING);
        } else if (!dirty.isEmpty()) {
            tell(State.PUSHING);
        } else {
            tell(dirty.hasUnfinished() ? State.WAITING : State.IN_SYNC);
        }
    }

    private void tell(State state) {
        ReplicaStatus before = status;
        status = new ReplicaStatus(state, dirty.size(), state == State.IN_SYNC ? Duration.ZERO : lag(), pushes, error);
        if (before.state() != state || !before.error().equals(error)) {
            parts.listener.stateChanged(replica, status);
        }
    }
}
