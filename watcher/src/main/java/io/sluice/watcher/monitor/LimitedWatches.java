package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.Inotify;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.BitSet;

/** The watches of an inotify instance, of which there may be no more than a number. */
final class LimitedWatches implements Watches {
    private final Opened instance;
    private final int max;
    /** Kept only if there is a limit. */
    private final BitSet own = new BitSet();

    LimitedWatches(Opened instance, int max) {
        this.instance = instance;
        this.max = max;
    }

    /** Gives the instance once it is opened. */
    @FunctionalInterface
    interface Opened {
        Inotify get() throws IOException;
    }

    @Override
    public int add(DirectoryHandle directory) throws IOException {
        int watch = instance.get().addWatch(directory, EventReader.WATCH_MASK);
        if (max != Integer.MAX_VALUE && !own.get(watch)) {
            if (own.cardinality() >= max) {
                instance.get().removeWatch(watch);
                throw new SystemCallException("inotify_add_watch", Errno.ENOSPC, "directory");
            }
            own.set(watch);
        }
        return watch;
    }

    @Override
    public void remove(int watch) throws IOException {
        own.clear(watch);
        instance.get().removeWatch(watch);
    }
}
