package io.sluice.watcher.monitor;

import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyEvents;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A monitor with a watch on each directory. One thread reads the kernel's events; between them it looks once a second
 * whether the root is still the same directory, as a path's own change (of a symbolic link on the way, say) is no
 * event.
 */
final class InotifyMonitor implements FileMonitor {
    private static final byte[] ROOT = {};
    private static final Set<ChangeKind> SUBTREE = Set.of(ChangeKind.SUBTREE);
    private static final long ROOT_CHECK_NANOS = 1_000_000_000;
    private static final long ROOT_GONE_MILLIS = 50;
    private static final long AFTER_DEFECT_NANOS = 50_000_000;
    /** A directory's way out of one place and into another are two events, one right after the other. */
    private static final long MOVE_NANOS = 20_000_000;

    private final MonitorSettings settings;
    private final MonitorRoot root;
    private final Watches watches;
    private final InotifyEvents events = new InotifyEvents();
    private final long rescanNanos;
    private @Nullable Inotify inotify;
    private @Nullable Watching watching;
    private @Nullable Thread thread;
    private ChangeListener listener = change -> {};
    private volatile boolean closed;

    private long rootCheckAt;
    private long rescanAt;
    /** The last time that nothing was out of its place. */
    private long detachedSince;

    private int toldUnwatched;

    private volatile MonitorStatistics statistics = new MonitorStatistics(0, 0, 0, 0);
    private long eventCount;
    private long overflowCount;

    InotifyMonitor(MonitorSettings settings) {
        this(settings, Integer.MAX_VALUE);
    }

    /** @param maxWatches a limit of its own besides the kernel's */
    InotifyMonitor(MonitorSettings settings, int maxWatches) {
        this.settings = settings;
        this.root = new MonitorRoot(settings.root());
        this.rescanNanos = settings.rescanInterval().toNanos();
        this.watches = new LimitedWatches(this::inotify, maxWatches);
    }

    /** What there is while the root is there. */
    private record Watching(TreeScanner scanner, EventReader reader) {}

    private Inotify inotify() throws IOException {
        Inotify opened = inotify;
        if (opened == null) {
            throw new IOException("monitor: not started (expected: started)");
        }
        return opened;
    }

    @Override
    public void start(ChangeListener changeListener) throws IOException {
        if (inotify != null || closed) {
            throw new IllegalStateException("monitor: started before (expected: once)");
        }
        listener = changeListener;
        inotify = Inotify.open();
        try {
            watchRoot();
        } catch (IOException e) {
            inotify.close();
            throw e;
        }
        Thread reader = new Thread(this::run, "monitor " + root.shown());
        reader.setDaemon(true);
        thread = reader;
        reader.start();
    }

    @Override
    public MonitorStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (inotify != null) {
            inotify.close();
        }
        Thread reader = thread;
        if (reader != null && !reader.equals(Thread.currentThread())) {
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

    private void watchRoot() throws IOException {
        root.adopt();
        TreeScanner scanner = new TreeScanner(root, settings.excludes(), watches, listener);
        watching = new Watching(scanner, new EventReader(root, settings.excludes(), scanner, listener));
        long now = System.nanoTime();
        rootCheckAt = now + ROOT_CHECK_NANOS;
        rescanAt = now + rescanNanos;
        scanner.scanAll();
        afterEvents(scanner);
        root.release();
    }

    private void run() {
        while (!closed) {
            try {
                watchOn();
            } catch (RuntimeException | Error e) { // not even the telling went well: all is looked at anew in a while
                LockSupport.parkNanos(AFTER_DEFECT_NANOS);
            }
        }
        endWatching();
    }

    private void watchOn() {
        while (!closed) {
            try {
                Watching current = watching;
                if (current == null) {
                    awaitRoot();
                } else {
                    watch(current);
                }
            } catch (IOException e) {
                if (!closed) {
                    lose(e.getMessage() == null ? e.toString() : e.getMessage());
                }
            } catch (RuntimeException | Error e) { // a mirror that hears nothing any more would pass for one in sync
                lose(root.shown() + ": " + e + " (all is looked at anew)");
            }
        }
    }

    private void watch(Watching current) throws IOException {
        TreeScanner scanner = current.scanner;
        inotify().read(events, timeoutMillis(scanner));
        while (events.next()) {
            eventCount++;
            current.reader.read(events);
        }
        if (current.reader.takeOverflow()) {
            overflowed(scanner);
        }
        long now = System.nanoTime();
        if (scanner.polledCount() > 0 && now - rescanAt >= 0) {
            scanner.scanPolled();
            rescanAt = System.nanoTime() + rescanNanos;
        }
        forgetWhatMovedOut(scanner, now);
        afterEvents(scanner);
        if (current.reader.rootLost()) {
            throw new IOException(root.shown() + ": removed or unmounted (expected: the directory that is watched)");
        }
        root.release();
        if (now - rootCheckAt >= 0) {
            rootCheckAt = now + ROOT_CHECK_NANOS;
            root.handle();
            root.release();
        }
    }

    private void overflowed(TreeScanner scanner) throws IOException {
        overflowCount++;
        scanner.scanAll();
        String message = "inotify queue of " + root.shown() + ": overflow (all is looked at anew)";
        listener.trouble(new Trouble(Trouble.Kind.OVERFLOW, ROOT, message));
        listener.changed(new Change(ROOT, SUBTREE, true));
    }

    private void forgetWhatMovedOut(TreeScanner scanner, long now) throws IOException {
        if (!scanner.hasDetached()) {
            detachedSince = now;
        } else if (now - detachedSince >= MOVE_NANOS) {
            scanner.forgetDetached();
        }
    }

    private long timeoutMillis(TreeScanner scanner) {
        long now = System.nanoTime();
        long nanos = rootCheckAt - now;
        if (scanner.hasDetached()) {
            nanos = Math.min(nanos, detachedSince + MOVE_NANOS - now);
        }
        if (scanner.polledCount() > 0) {
            nanos = Math.min(nanos, rescanAt - now);
        }
        return Math.max(0, nanos / 1_000_000 + 1);
    }

    private void afterEvents(TreeScanner scanner) {
        int directories = scanner.tree().size();
        int unwatched = directories - scanner.tree().watched();
        statistics = new MonitorStatistics(directories, unwatched, eventCount, overflowCount);
        int polled = scanner.polledCount();
        boolean worse = polled > toldUnwatched + toldUnwatched / 8;
        if (worse) {
            String message = WatchLimit.message(root.shown(), directories, polled);
            listener.trouble(new Trouble(Trouble.Kind.WATCH_LIMIT, ROOT, message));
        }
        if (worse || polled == 0) {
            toldUnwatched = polled;
        }
    }

    private void lose(String why) {
        endWatching();
        listener.trouble(new Trouble(Trouble.Kind.ROOT_GONE, ROOT, "source " + why));
    }

    private void endWatching() {
        Watching ended = watching;
        watching = null;
        try {
            root.release();
            if (ended != null && !closed) {
                ended.scanner.forgetDetached();
                ended.scanner.forget(ended.scanner.tree().root());
            }
        } catch (IOException e) {
            String message = "source " + root.shown() + ": " + e.getMessage() + " (watches are left behind)";
            listener.trouble(new Trouble(Trouble.Kind.UNREADABLE, ROOT, message));
        }
    }

    private void awaitRoot() throws IOException {
        try {
            watchRoot();
        } catch (IOException | RuntimeException | Error e) {
            endWatching();
            inotify().read(events, ROOT_GONE_MILLIS); // no watches are left: it waits
            return;
        }
        listener.trouble(new Trouble(Trouble.Kind.ROOT_BACK, ROOT, "source " + root.shown() + ": there (again)"));
        listener.changed(new Change(ROOT, SUBTREE, true));
    }
}
