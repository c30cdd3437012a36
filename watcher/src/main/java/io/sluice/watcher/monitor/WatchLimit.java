package io.sluice.watcher.monitor;

import io.sluice.linux.InotifyLimits;
import java.io.IOException;

/** Words for a tree with more directories than there may be watches. */
final class WatchLimit {
    private static final int ROUND = 1024;

    private WatchLimit() {}

    static String message(String root, int directories, int unwatched) {
        int limit = limit();
        int needed = (int) Math.min(Integer.MAX_VALUE, ((long) limit + unwatched) * 9 / 8 / ROUND * ROUND + ROUND);
        return "inotify watches for " + root + ": " + (directories - unwatched) + " of " + directories
                + " directories (expected: all; the user's limit is " + limit + "; the other " + unwatched
                + " are looked at regularly instead, which is slow; to raise the limit: sysctl -w"
                + " fs.inotify.max_user_watches=" + needed + ")";
    }

    private static int limit() {
        try {
            return InotifyLimits.read().maxWatches();
        } catch (IOException e) {
            return 0;
        }
    }
}
