package io.sluice.watcher.inotifytools;

import io.sluice.linux.Inotify;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Directories that have left their place. The event of where they went follows at once, if they are still in the tree;
 * what is seen nowhere for a while is outside, and watched no more.
 */
final class MovedOut {
    private static final long NANOS = 20_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final WatchTable table;
    private final Inotify inotify;
    private final Deque<Gone> gone = new ArrayDeque<>();

    MovedOut(WatchTable table, Inotify inotify) {
        this.table = table;
        this.inotify = inotify;
    }

    private record Gone(Watch top, long until) {}

    void add(Watch top) {
        table.detach(top);
        gone.add(new Gone(top, System.nanoTime() + NANOS));
    }

    /** How long to wait at most, if the caller wants to wait {@code millis}. */
    long limit(long millis) {
        Gone first = gone.peek();
        if (first == null) {
            return millis;
        }
        long left = Math.max(0, (first.until - System.nanoTime()) / NANOS_PER_MILLI + 1);
        return millis < 0 ? left : Math.min(left, millis);
    }

    /** Ends the watches of what has been gone for long enough. To be called when no event is waiting. */
    void settle() throws IOException {
        for (Gone first = gone.peek(); first != null && System.nanoTime() - first.until >= 0; first = gone.peek()) {
            gone.remove();
            for (Watch watch : table.removeDetached(first.top)) {
                inotify.removeWatch(watch.number());
            }
        }
    }
}
