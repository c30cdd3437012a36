package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A monitor on one thread, which goes on by another {@link TreeWatch} when one is lost. Between events it looks once a
 * second whether the root is still the same directory, as a path's own change (of a symbolic link on the way, say) is no
 * event, and whether the mounts in it are.
 */
final class TreeMonitor implements FileMonitor {
    private static final byte[] ROOT = {};
    private static final Set<ChangeKind> SUBTREE = Set.of(ChangeKind.SUBTREE);
    private static final long CHECK_NANOS = 1_000_000_000;
    private static final long ROOT_GONE_NANOS = 50_000_000;
    private static final long AFTER_DEFECT_NANOS = 50_000_000;

    private final MonitorSettings settings;
    private final WatchChoice choice;
    private final MonitorRoot root;
    private ChangeListener listener = change -> {};
    private @Nullable InnerMounts mounts;
    private @Nullable Thread thread;
    private boolean started;
    private boolean gone;
    private volatile @Nullable TreeWatch watch;
    private volatile MonitorRoot.@Nullable Identity identity;
    private volatile boolean closed;
    private volatile MonitorStatistics statistics = MonitorStatistics.NONE;
    private long checkAt;

    TreeMonitor(MonitorSettings settings, WatchChoice choice) {
        this.settings = settings;
        this.choice = choice;
        this.root = new MonitorRoot(settings.root());
    }

    @Override
    public void start(ChangeListener changeListener) throws IOException {
        if (started || closed) {
            throw new IllegalStateException("monitor: started before (expected: once)");
        }
        started = true;
        listener = changeListener;
        try {
            mounts = new InnerMounts();
            watchRoot();
        } catch (IOException | RuntimeException | Error e) {
            endWatching();
            closeMounts();
            throw e;
        }
        Thread reader = new Thread(this::run, "monitor " + root.shown());
        reader.setDaemon(true);
        thread = reader;
        reader.start();
    }

    @Override
    public DirectoryHandle openRoot() throws IOException {
        MonitorRoot.Identity known = identity;
        if (known == null) {
            throw new IOException(root.shown() + ": not there (expected: the directory that is watched)");
        }
        DirectoryHandle handle = DirectoryHandle.open(settings.root());
        try {
            FileStatus status = new FileStatus();
            handle.status(status);
            known.require(status, root.shown());
            return handle;
        } catch (IOException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public MonitorStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        TreeWatch current = watch;
        if (current != null) {
            current.close();
        }
        Thread reader = thread;
        if (reader != null && !reader.equals(Thread.currentThread())) {
            LockSupport.unpark(reader);
            awaitEnd(reader);
        }
    }

    private static void awaitEnd(Thread reader) {
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Watches the directory that the root's path names now. */
    private void watchRoot() throws IOException {
        root.adopt();
        identity = root.identity();
        InnerMounts inner = mounts;
        if (inner != null) {
            inner.changed(root);
        }
        TreeWatch begun = choice.begin(root, settings, listener, this::adopted);
        checkAt = System.nanoTime() + CHECK_NANOS;
        takeStatistics(begun);
        root.release();
    }

    /** Before it begins, so that {@link #close} ends what may take long. */
    private void adopted(TreeWatch next) throws IOException {
        watch = next;
        if (closed) {
            next.close();
        }
    }

    private void takeStatistics(TreeWatch current) {
        MonitorStatistics now = current.statistics();
        statistics = new MonitorStatistics(
                now.kind(), choice.why(), now.directories(), now.unwatched(), now.events(), now.overflows());
    }

    private void run() {
        try {
            new ExistingPaths(root, settings, listener).tell(() -> closed);
        } catch (IOException | RuntimeException | Error e) {
            lose(e);
        }
        while (!closed) {
            try {
                watchOn();
            } catch (RuntimeException | Error e) { // not even the telling went well: all is looked at anew in a while
                LockSupport.parkNanos(AFTER_DEFECT_NANOS);
            }
        }
        endWatching();
        closeMounts();
    }

    private void watchOn() {
        while (!closed) {
            try {
                TreeWatch current = watch;
                if (current == null) {
                    awaitRoot();
                } else {
                    watch(current);
                }
            } catch (UnsuitableException e) {
                fallBack(e.getMessage());
            } catch (IOException
                    | RuntimeException
                    | Error e) { // a mirror that hears nothing would pass for one in sync
                lose(e);
            }
        }
    }

    private void watch(TreeWatch current) throws IOException {
        current.watch(Math.max(0, (checkAt - System.nanoTime()) / 1_000_000 + 1));
        if (System.nanoTime() - checkAt >= 0) {
            checkAt = System.nanoTime() + CHECK_NANOS;
            InnerMounts inner = mounts;
            root.handle();
            if (inner != null && inner.changed(root)) {
                current.mountsChanged();
            }
        }
        root.release();
        takeStatistics(current);
    }

    private void lose(Throwable e) {
        if (closed) {
            return;
        }
        boolean defect = !(e instanceof IOException);
        String why = e.getMessage() == null || defect ? e.toString() : e.getMessage();
        gone = true;
        identity = null;
        endWatching();
        String message = "source " + (defect ? root.shown() + ": " + why + " (all is looked at anew)" : why);
        listener.trouble(new Trouble(Trouble.Kind.ROOT_GONE, ROOT, message));
    }

    /** The root is where it was, but has to be watched in another way. */
    private void fallBack(@Nullable String why) {
        if (closed) {
            return;
        }
        endWatching();
        listener.trouble(new Trouble(
                Trouble.Kind.FALLBACK, ROOT, "fanotify of " + root.shown() + ": " + why + " (all is looked at anew)"));
    }

    private void endWatching() {
        TreeWatch ended = watch;
        watch = null;
        try {
            root.release();
            if (ended != null) {
                ended.close();
            }
        } catch (IOException e) {
            String message = "source " + root.shown() + ": " + e.getMessage() + " (watches are left behind)";
            listener.trouble(new Trouble(Trouble.Kind.UNREADABLE, ROOT, message));
        }
    }

    private void closeMounts() {
        InnerMounts inner = mounts;
        if (inner != null) {
            inner.close();
        }
    }

    private void awaitRoot() {
        try {
            watchRoot();
        } catch (IOException | RuntimeException | Error e) {
            endWatching();
            if (!gone) {
                lose(e);
            } else if (!closed) {
                LockSupport.parkNanos(ROOT_GONE_NANOS);
            }
            return;
        }
        if (gone) {
            listener.trouble(new Trouble(Trouble.Kind.ROOT_BACK, ROOT, "source " + root.shown() + ": there (again)"));
        }
        gone = false;
        listener.changed(new Change(ROOT, SUBTREE, true));
    }
}
