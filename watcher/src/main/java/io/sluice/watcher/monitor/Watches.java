package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import java.io.IOException;

/** The part of inotify that puts and takes away watches. */
interface Watches {
    /**
     * Watches an open directory; one that is watched already keeps its number.
     *
     * @throws io.sluice.linux.SystemCallException with ENOSPC if there may be no more watches
     */
    int add(DirectoryHandle directory) throws IOException;

    /** Ends a watch; one that the kernel has ended already is no error. */
    void remove(int watch) throws IOException;
}
