package io.sluice.watcher.monitor;

import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyEvents;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A watch on each directory of the tree, as far as there may be. */
final class InotifyWatch implements TreeWatch {
    private static final byte[] ROOT = {};
    private static final Set<ChangeKind> SUBTREE = Set.of(ChangeKind.SUBTREE);
    /** A directory's way out of one place and into another are two events, one right after the other. */
    private static final long MOVE_NANOS = 20_000_000;
    /** So long a name that left is not told as gone if there is no event at all after it; the first event has come, and the second is as good as there. */
    private static final long PAIR_NANOS = 1_000_000;

    private final MonitorRoot root;
    private final ChangeListener listener;
    private final TreeScanner scanner;
    private final EventReader reader;
    private final InotifyEvents events = new InotifyEvents();
    private final long rescanNanos;
    private volatile @Nullable Inotify inotify;
    private volatile boolean closed;

    private long rescanAt;
    /** The last time that nothing was out of its place. */
    private long detachedSince;

    private int toldUnwatched;

    private long eventCount;
    private long overflowCount;

    /** @param maxWatches a limit of its own besides the kernel's */
    InotifyWatch(MonitorRoot root, MonitorSettings settings, int maxWatches, ChangeListener listener) {
        this.root = root;
        this.listener = listener;
        this.rescanNanos = settings.rescanInterval().toNanos();
        Watches watches = new LimitedWatches(this::inotify, maxWatches);
        this.scanner = new TreeScanner(root, settings.excludes(), watches, listener);
        this.reader = new EventReader(root, settings, scanner, listener);
    }

    private Inotify inotify() throws IOException {
        Inotify opened = inotify;
        if (opened == null || closed) {
            throw new IOException("monitor: not watching (expected: started, and not closed)");
        }
        return opened;
    }

    @Override
    public void begin() throws IOException {
        inotify = Inotify.open();
        rescanAt = System.nanoTime() + rescanNanos;
        scanner.scanAll();
        tellUnwatched();
    }

    @Override
    public void watch(long timeoutMillis) throws IOException {
        inotify().read(events, Math.min(timeoutMillis, ownTimeoutMillis()));
        while (events.next()) {
            eventCount++;
            reader.read(events);
        }
        if (reader.takeOverflow()) {
            overflowed();
        }
        long now = System.nanoTime();
        if (scanner.polledCount() > 0 && now - rescanAt >= 0) {
            scanner.scanPolled();
            rescanAt = System.nanoTime() + rescanNanos;
        }
        forgetWhatMovedOut(now);
        RenamePairs.Departure departure = reader.departure();
        if (departure != null && now - departure.nanos() >= PAIR_NANOS) {
            reader.tellDeparture();
        }
        tellUnwatched();
        if (reader.rootLost()) {
            throw new IOException(root.shown() + ": removed or unmounted (expected: the directory that is watched)");
        }
    }

    private long ownTimeoutMillis() {
        long now = System.nanoTime();
        long nanos = Long.MAX_VALUE;
        if (scanner.hasDetached()) {
            nanos = detachedSince + MOVE_NANOS - now;
        }
        RenamePairs.Departure departure = reader.departure();
        if (departure != null) {
            nanos = Math.min(nanos, departure.nanos() + PAIR_NANOS - now);
        }
        if (scanner.polledCount() > 0) {
            nanos = Math.min(nanos, rescanAt - now);
        }
        return Math.max(0, nanos / 1_000_000 + 1);
    }

    private void overflowed() throws IOException {
        overflowCount++;
        scanner.scanAll();
        String message = "inotify queue of " + root.shown() + ": overflow (all is looked at anew)";
        listener.trouble(new Trouble(Trouble.Kind.OVERFLOW, ROOT, message));
        listener.changed(new Change(ROOT, SUBTREE, true));
    }

    private void forgetWhatMovedOut(long now) throws IOException {
        if (!scanner.hasDetached()) {
            detachedSince = now;
        } else if (now - detachedSince >= MOVE_NANOS) {
            scanner.forgetDetached();
        }
    }

    private void tellUnwatched() {
        int polled = scanner.polledCount();
        boolean worse = polled > toldUnwatched + toldUnwatched / 8;
        if (worse) {
            String message = WatchLimit.message(root.shown(), scanner.tree().size(), polled);
            listener.trouble(new Trouble(Trouble.Kind.WATCH_LIMIT, ROOT, message));
        }
        if (worse || polled == 0) {
            toldUnwatched = polled;
        }
    }

    /** A mount hides the directories that were watched there, or shows them again: no event tells. */
    @Override
    public void mountsChanged() throws IOException {
        scanner.scanAll();
        tellUnwatched();
        listener.changed(new Change(ROOT, SUBTREE, true));
    }

    @Override
    public MonitorStatistics statistics() {
        int directories = scanner.tree().size();
        int unwatched = directories - scanner.tree().watched();
        return new MonitorStatistics(MonitorKind.INOTIFY, "", directories, unwatched, eventCount, overflowCount);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        Inotify opened = inotify;
        if (opened != null) {
            opened.close();
        }
    }
}
