package io.sluice.watcher.mirror;

import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import io.sluice.watcher.monitor.ChangeListener;
import io.sluice.watcher.monitor.PathFilter;
import io.sluice.watcher.monitor.Trouble;
import java.util.Optional;

/**
 * Marks for every replica what the monitor tells of; a file that somebody is writing when it is complete, or as {@link
 * GrowingFiles} lets it go, which a thread of its own looks after.
 */
final class Marker implements ChangeListener, AutoCloseable {
    private static final long ENDING_MILLIS = 2000;

    private final Workers workers;
    private final GrowingFiles growing;
    private final PathFilter excludes;
    private final Noticed noticed;
    private final SharedEncodings shared;
    private final MirrorListener listener;
    private final Pulse pulse = new SystemPulse();
    private final Thread opened =
            Thread.ofPlatform().daemon().name("mirror open files").unstarted(this::markOpenFiles);
    private volatile boolean closing;

    /** @param excludes what the monitor excludes, asked by the thread for files that stay open alone */
    Marker(
            Workers workers,
            GrowingFiles growing,
            PathFilter excludes,
            Noticed noticed,
            SharedEncodings shared,
            MirrorListener listener) {
        this.workers = workers;
        this.growing = growing;
        this.excludes = excludes;
        this.noticed = noticed;
        this.shared = shared;
        this.listener = listener;
    }

    /** Begins to look after files that stay open. */
    void start() {
        opened.start();
    }

    @Override
    public void changed(Change change) {
        if (change.is(ChangeKind.EXCLUDED)) {
            markOthers(change);
        } else {
            listener.changed(change);
            forget(change);
            mark(change);
        }
    }

    /** Only with other names it matters at all: programs write much under names that are excluded. */
    private void markOthers(Change change) {
        boolean grows = change.is(ChangeKind.CONTENT_GROWING);
        if (grows && noticed.isLinked(change.path())) {
            grow(change.path());
        } else if (!grows) {
            int dirt = noticed.dirtOfOthers(change, isComplete(change));
            if (dirt != 0) {
                mark(change.path(), dirt, System.nanoTime());
            }
        }
    }

    private void grow(byte[] path) {
        if (growing.grows(path, System.nanoTime())) {
            pulse.wake();
        }
    }

    /** Whether it ends what was growing. */
    private boolean isComplete(Change change) {
        boolean content = change.is(ChangeKind.CONTENT_COMPLETE) || change.is(ChangeKind.REMOVED);
        return content && growing.completed(change.path());
    }

    private void mark(Change change) {
        if (change.is(ChangeKind.CONTENT_GROWING)) {
            noticed.grows(change.path());
            grow(change.path());
            return;
        }
        int dirt = noticed.dirt(change, isComplete(change));
        long now = System.nanoTime();
        Optional<byte[]> from = change.movedFrom().filter(old -> !growing.holds(old));
        if (from.isPresent()) {
            markRenamed(Rename.of(from.get(), change.path(), change.directory()), now);
        } else {
            mark(change.path(), dirt, now);
        }
    }

    @Override
    public void trouble(Trouble trouble) {
        switch (trouble.kind()) {
            case ROOT_GONE -> workers.hold(true);
            case ROOT_BACK -> workers.hold(false);
            default -> {}
        }
        listener.trouble(trouble);
    }

    /** Before anything is marked: who pushes it is to get it as it is now. */
    private void forget(Change change) {
        boolean moved = change.movedFrom().isPresent();
        if (change.is(ChangeKind.SUBTREE) || (change.directory() && (moved || change.is(ChangeKind.REMOVED)))) {
            shared.forgetAll();
        } else {
            shared.forget(change.path());
        }
        change.movedFrom().ifPresent(shared::forget);
    }

    private void mark(byte[] name, int dirt, long now) {
        DirtyPath path = DirtyPath.of(name);
        for (ReplicaWorker worker : workers) {
            worker.mark(path, dirt, now);
        }
    }

    private void markRenamed(Rename rename, long now) {
        for (ReplicaWorker worker : workers) {
            worker.markRenamed(rename, now);
        }
    }

    private void markOpenFiles() {
        try {
            while (!closing) {
                long now = pulse.now();
                for (byte[] path : growing.takeDue(now)) {
                    boolean excluded = excludes.excludes(path, false);
                    mark(path, Dirt.CONTENT | (excluded ? Dirt.LINKED : Dirt.SINGLE), now);
                }
                pulse.sleep(growing.nextDue(now).orElse(Pulse.FOREVER));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the work on files that stay open. */
    @Override
    public void close() {
        closing = true;
        pulse.wake();
        try {
            opened.join(ENDING_MILLIS); // at once if it was never started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
