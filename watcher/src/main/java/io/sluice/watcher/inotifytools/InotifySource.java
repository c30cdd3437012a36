package io.sluice.watcher.inotifytools;

import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyMask;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of all inotify watches, one after the other, those of directories that are new included.
 *
 * <p>Nothing that is created below a new directory is lost, as it is with the original: between the directory's creation
 * and its watch there is time for others to create something in it. Here the directory is listed once its watch stands,
 * and what is in it and was told by no event of the kernel is told as {@code CREATE}, and what is below that likewise;
 * what the kernel tells is told once. A file with one name is told as {@code CLOSE_WRITE} too, unless the kernel has told
 * already that it is being written: one that is still open then, and written later, is told so once more when it is closed. The same goes for a directory that was moved here from outside, but
 * for {@code CLOSE_WRITE}.
 */
final class InotifySource implements EventSource {
    private static final int NEW = InotifyMask.CREATE | InotifyMask.MOVED_TO;
    private static final int FOLLOWED = NEW | InotifyMask.MOVED_FROM;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Inotify inotify;
    private final EventQueue queue;
    private final WatchTable table;
    private final TreeWatcher watcher;
    private final MovedOut movedOut;
    private final Selection selection;
    private final boolean follows;
    private final Troubles troubles;
    private final List<String> trees = new ArrayList<>();
    private volatile boolean woken;

    /** @throws SystemCallException if there are too many instances already */
    InotifySource(Settings settings, Troubles troubles) throws IOException {
        this.selection = settings.selection();
        this.follows = settings.follows();
        this.troubles = troubles;
        int mask = settings.mask() | (follows ? FOLLOWED : 0);
        this.table = new WatchTable(settings.keepsEnded());
        this.inotify = Inotify.open();
        this.queue = new EventQueue(inotify);
        this.movedOut = new MovedOut(table, inotify);
        this.watcher =
                new TreeWatcher(inotify, queue, table, mask, settings.paths().excluded());
    }

    @Override
    public Collection<Watch> rows() {
        return table.all();
    }

    @Override
    public @Nullable Watch row(ToolEvent event) {
        return table.numbered(event.watch());
    }

    @Override
    public int watchCount() {
        return table.all().size();
    }

    @Override
    public void watch(String path, boolean recursive) throws IOException {
        if (recursive) {
            trees.add(path);
            watcher.watchTree(path);
        } else {
            watcher.watch(path);
        }
    }

    @Override
    public void wakeUp() throws IOException {
        woken = true;
        inotify.wakeUp();
    }

    @Override
    public Optional<ToolEvent> next(long timeoutMillis, Runnable idle) throws IOException {
        long since = System.nanoTime();
        while (true) {
            long left = timeoutMillis < 0
                    ? Inotify.FOREVER
                    : Math.max(0, timeoutMillis - (System.nanoTime() - since) / NANOS_PER_MILLI);
            ToolEvent event = nextOfAny(left, idle);
            if (event != null && selection.selects(event.path())) {
                return Optional.of(event);
            } else if (event != null) {
                since = System.nanoTime();
            } else if (woken || left == 0) {
                woken = false;
                return Optional.empty();
            }
        }
    }

    private @Nullable ToolEvent nextOfAny(long timeoutMillis, Runnable idle) throws IOException {
        ToolEvent found = watcher.found().poll();
        if (found != null) {
            return found;
        }
        if (!queue.hasNext()) {
            idle.run();
        }
        EventQueue.Raw raw = queue.next(movedOut.limit(timeoutMillis));
        while (raw != null) {
            if ((raw.mask() & InotifyMask.QUEUE_OVERFLOW) != 0) {
                lookAgain();
                return EventSource.LOST;
            }
            Watch watch = table.numbered(raw.watch());
            if (watch != null) {
                ToolEvent event = new ToolEvent(raw.watch(), watch.path(), raw.mask(), raw.cookie(), raw.name());
                follow(watch, event);
                return event;
            }
            raw = queue.next(0); // that was of a watch which was ended meanwhile
        }
        movedOut.settle();
        return null;
    }

    private void follow(Watch watch, ToolEvent event) {
        if (event.has(InotifyMask.IGNORED)) {
            table.end(watch);
        }
        if (!follows || !event.isDirectory() || event.name().isEmpty()) {
            return;
        }
        if (event.has(InotifyMask.MOVED_FROM)) {
            Watch moved = table.at(event.path() + "/");
            if (moved != null) {
                movedOut.add(moved);
            }
        } else if (event.has(NEW) && !selection.shutsOut(event.path())) {
            try {
                watcher.watchNew(watch, event.name(), event.has(InotifyMask.CREATE));
            } catch (IOException e) {
                troubles.cannotWatch(event.path() + "/", EventSource.reason(e));
            }
        }
    }

    private void lookAgain() {
        if (!follows) {
            return;
        }
        troubles.overflow();
        for (String tree : trees) {
            try {
                watcher.watchTreeAgain(tree);
            } catch (IOException e) {
                troubles.cannotWatch(tree, EventSource.reason(e));
            }
        }
    }

    @Override
    public void close() throws IOException {
        watcher.close();
        inotify.close();
    }
}
