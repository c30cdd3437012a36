package io.sluice.watcher.mirror;

import io.sluice.watcher.mirror.ReplicaStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps one replica equal to the source, on a thread of its own: takes what is dirty, looks what is there now, pushes
 * that; what fails is dirty again.
 */
final class ReplicaWorker implements Runnable {
    private static final byte[] ROOT = {};

    private final Replica replica;
    private final Parts parts;
    private final long settleNanos;
    private final DirtySet dirty;
    /** What could not be brought over in part, while the rest goes on. */
    private DirtySet unfinished;

    private boolean synchronizedOnce;
    private long retryAt;
    private boolean waiting;
    private long unfinishedAt;
    private long pushes;
    private Optional<String> error = Optional.empty();
    /** Between taking what is dirty and knowing how it ended. */
    private volatile boolean busy;

    private volatile boolean closing;
    private volatile boolean held;
    private volatile ReplicaStatus status = new ReplicaStatus(State.SYNCHRONIZING, 0, 0, Optional.empty());

    /** What a worker works with. */
    record Parts(
            Push push,
            PushPlanner planner,
            Backoff backoff,
            Backoff partialBackoff,
            Pulse pulse,
            MirrorListener listener) {}

    /** @param maxDirty size of the set of dirty paths */
    ReplicaWorker(Replica replica, Parts parts, Duration settle, int maxDirty) {
        this.replica = replica;
        this.parts = parts;
        this.settleNanos = settle.toNanos();
        this.dirty = new DirtySet(maxDirty);
        this.unfinished = new DirtySet(maxDirty);
        dirty.mark(ROOT, true, parts.pulse.now());
    }

    Replica replica() {
        return replica;
    }

    /** The replica may differ in this path, or in all below it. */
    void mark(byte[] path, boolean subtree, long nanos) {
        boolean first = dirty.isEmpty();
        dirty.mark(path, subtree, nanos);
        if (first) {
            parts.pulse.wake();
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
        return new ReplicaStatus(known.state(), dirty.size(), known.pushes(), known.error());
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
            if (!unfinished.isEmpty() && now - unfinishedAt >= 0) {
                dirty.putBack(unfinished.take());
            }
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
        if (!dirty.isEmpty()) {
            return closing ? 0 : dirty.since() + settleNanos - now;
        }
        return unfinished.isEmpty() ? Pulse.FOREVER : unfinishedAt - now;
    }

    private void work() {
        waiting = false;
        busy = true;
        DirtySet batch = dirty.take();
        long began = parts.pulse.now();
        try {
            PushPlan plan = parts.planner.plan(batch);
            if (!plan.isEmpty()) {
                tell(synchronizedOnce ? State.PUSHING : State.SYNCHRONIZING);
                ended(batch, plan, parts.push.push(plan), began);
                for (byte[] path : parts.planner.turnedIntoDirectories(plan)) {
                    dirty.mark(path, true, parts.pulse.now());
                }
            }
            tellAfterwards();
        } catch (IOException | RuntimeException | Error e) { // a defect must not end the mirroring either
            failed(batch, e);
        } finally {
            busy = false;
        }
    }

    private void ended(DirtySet batch, PushPlan plan, Push.Outcome outcome, long began) {
        parts.backoff.reset();
        pushes++;
        synchronizedOnce |= plan.isWhole();
        if (outcome.complete()) {
            error = unfinished.isEmpty() ? Optional.empty() : error;
            if (unfinished.isEmpty()) {
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

    /** The batch waits apart, so that it does not hold up what changes meanwhile. */
    private void partly(DirtySet batch, Push.Outcome outcome) {
        unfinished.putBack(batch);
        long pause = parts.partialBackoff.next();
        unfinishedAt = parts.pulse.now() + pause;
        String words =
                outcome.errors().isEmpty() ? "some files were not transferred" : String.join("; ", outcome.errors());
        error = Optional.of(words);
        parts.listener.failed(replica, words, Duration.ofNanos(pause));
    }

    private void failed(DirtySet batch, Throwable e) {
        dirty.putBack(batch);
        if (closing) {
            waiting = true;
            return;
        }
        long pause = parts.backoff.next();
        retryAt = parts.pulse.now() + pause;
        waiting = true;
        String words = e.getMessage() == null || e.getMessage().isEmpty() ? e.toString() : e.getMessage();
        error = Optional.of(words);
        tell(State.WAITING);
        parts.listener.failed(replica, words, Duration.ofNanos(pause));
    }

    private void tellAfterwards() {
        if (!synchronizedOnce) {
            tell(State.SYNCHRONIZING);
        } else if (!dirty.isEmpty()) {
            tell(State.PUSHING);
        } else {
            tell(unfinished.isEmpty() ? State.IN_SYNC : State.WAITING);
        }
    }

    private void tell(State state) {
        ReplicaStatus before = status;
        status = new ReplicaStatus(state, dirty.size(), pushes, error);
        if (before.state() != state || !before.error().equals(error)) {
            parts.listener.stateChanged(replica, status);
        }
    }
}
