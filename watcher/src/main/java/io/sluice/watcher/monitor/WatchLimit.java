package io.sluice.watcher.monitor;

import io.sluice.linux.InotifyLimits;
import java.io.IOException;

/** Words for a tree with more directories than there may be watches. */
final class WatchLimit {
    private static final int ROUND = 1024;

    private WatchLimit() {}

    static String message(String root, int directories, int unwatched) {
        int ofUser = limit(() -> InotifyLimits.read().maxWatches());
        int ofNamespace = limit(InotifyLimits::maxWatchesOfNamespace);
        boolean inner = ofNamespace < ofUser;
        int limit = inner ? ofNamespace : ofUser;
        int needed = (int) Math.min(Integer.MAX_VALUE, ((long) limit + unwatched) * 9 / 8 / ROUND * ROUND + ROUND);
        return "inotify watches for " + root + ": " + (directories - unwatched) + " of " + directories
                + " directories (expected: all; the " + (inner ? "user namespace's" : "user's") + " limit is " + limit
                + "; the other " + unwatched
                + " are looked at regularly instead, which is slow; to raise the limit: sysctl -w "
                + (inner ? "user.max_inotify_watches=" : "fs.inotify.max_user_watches=") + needed + ")";
    }

    private interface Setting {
        int read() throws IOException;
    }

    /** One that cannot be read is none. */
    private static int limit(Setting setting) {
        try {
            return setting.read();
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }
}
