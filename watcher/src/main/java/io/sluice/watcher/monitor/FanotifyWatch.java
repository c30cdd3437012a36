package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.Fanotify;
import io.sluice.linux.FanotifyEvents;
import io.sluice.linux.FanotifyMask;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One mark on each file system of the tree; what happens outside of the tree is dropped. */
final class FanotifyWatch implements TreeWatch {
    private static final byte[] ROOT = {};
    private static final Set<ChangeKind> SUBTREE = Set.of(ChangeKind.SUBTREE);
    private static final int MASK = FanotifyMask.MODIFY
            | FanotifyMask.ATTRIBUTES
            | FanotifyMask.CLOSE_WRITE
            | FanotifyMask.CREATE
            | FanotifyMask.DELETE
            | FanotifyMask.ON_DIRECTORY;
    /** Before Linux 5.17. */
    private static final int SINGLE_NAMES = FanotifyMask.MOVED_FROM | FanotifyMask.MOVED_TO;

    private static final int EXECUTION = FanotifyMask.OPEN_TO_EXECUTE | FanotifyMask.CLOSE_NO_WRITE;

    private final MonitorRoot root;
    private final ChangeListener listener;
    private final MountViews mounts;
    private final DirectoryPaths directories;
    private final FanotifyReader reader;
    private final FanotifyEvents events = new FanotifyEvents();
    private int mask;
    private volatile @Nullable Fanotify fanotify;
    private volatile boolean closed;
    private long eventCount;
    private long overflowCount;

    /** @param pairs whether to ask for both names of a rename at once, if the kernel has that */
    FanotifyWatch(MonitorRoot root, MonitorSettings settings, boolean pairs, ChangeListener listener) {
        this.root = root;
        this.listener = listener;
        boolean executions = settings.wants(MonitorSettings.Extra.EXECUTION);
        PathFilter excludes = settings.excludes();
        this.mask = MASK | (pairs ? FanotifyMask.RENAME : SINGLE_NAMES) | (executions ? EXECUTION : 0);
        this.mounts = new MountViews(root, excludes, listener);
        this.directories = new DirectoryPaths(root, mounts, excludes, listener);
        this.reader = new FanotifyReader(root, directories, settings, executions ? new Executions() : null, listener);
    }

    private Fanotify fanotify() throws IOException {
        Fanotify opened = fanotify;
        if (opened == null || closed) {
            throw new IOException("monitor: not watching (expected: started, and not closed)");
        }
        return opened;
    }

    @Override
    public void begin() throws IOException {
        try {
            fanotify = Fanotify.open();
        } catch (SystemCallException e) {
            throw new UnsuitableException(String.valueOf(e.getMessage()));
        }
        mounts.begin(this::mark);
    }

    private void mark(DirectoryHandle directory) throws IOException {
        try {
            fanotify().markFileSystem(directory, mask);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EINVAL || (mask & FanotifyMask.RENAME) == 0) {
                throw e;
            }
            mask = (mask & ~FanotifyMask.RENAME) | SINGLE_NAMES;
            fanotify().markFileSystem(directory, mask);
        }
    }

    @Override
    public void watch(long timeoutMillis) throws IOException {
        if (!fanotify().read(events, timeoutMillis)) {
            return;
        }
        boolean lost = false;
        boolean moved;
        try {
            while (events.next()) {
                eventCount++;
                if (events.has(FanotifyMask.QUEUE_OVERFLOW)) {
                    lost = true;
                    directories.forget();
                } else {
                    read();
                }
            }
            moved = directories.end();
        } finally {
            directories.release();
        }
        if (lost) {
            overflowed();
        } else if (moved) {
            listener.changed(new Change(ROOT, SUBTREE, true));
        }
    }

    private void read() throws IOException {
        if (FanotifyReader.movesDirectories(events)) {
            directories.forget();
            if (mounts.hasInner()) {
                mounts.refresh(this::mark);
            }
        }
        reader.read(events);
    }

    private void overflowed() throws IOException {
        overflowCount++;
        mounts.refresh(this::mark);
        String message = "fanotify queue of " + root.shown() + ": overflow (all is looked at anew)";
        listener.trouble(new Trouble(Trouble.Kind.OVERFLOW, ROOT, message));
        listener.changed(new Change(ROOT, SUBTREE, true));
    }

    @Override
    public void mountsChanged() throws IOException {
        directories.forget();
        mounts.refresh(this::mark);
    }

    @Override
    public MonitorStatistics statistics() {
        return new MonitorStatistics(MonitorKind.FANOTIFY, "", 0, 0, eventCount, overflowCount);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        Fanotify opened = fanotify;
        if (opened != null) {
            opened.close();
        }
    }
}
