package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import java.io.IOException;

/**
 * Tells what changes in a tree, directories that are new included.
 *
 * <p>Its promise: after {@link #start} has returned, a change to any path that is not excluded is followed by a {@link
 * Change} of that path, or of one above it with {@link ChangeKind#SUBTREE} or {@link ChangeKind#REMOVED}. It may tell
 * too much, a thing twice, or something that was undone. A file with several names is told by the one that was used to
 * change it, and what is written through a memory mapping when that is closed.
 */
public interface FileMonitor extends AutoCloseable {
    /** A monitor by the best means that the settings and the system allow; nothing is watched before {@link #start}. */
    static FileMonitor of(MonitorSettings settings) {
        return new TreeMonitor(settings, new WatchChoice());
    }

    /**
     * Begins to watch, and returns when the whole tree is watched. To be called once.
     *
     * @param listener is called by one thread; during this call by the caller's
     * @throws IOException if the root is not a directory that can be read, or the system gives no means to watch
     */
    void start(ChangeListener listener) throws IOException;

    /**
     * The directory that is watched, open: as long as it is, what is mounted there cannot be unmounted. Who acts upon the
     * tree by its path makes sure with it that the path does not lead to what is left when the tree is gone, which the
     * monitor may find out a moment later. For all threads.
     *
     * @throws IOException if the path leads to another directory, or to none
     */
    DirectoryHandle openRoot() throws IOException;

    /** The figures of now. */
    MonitorStatistics statistics();

    /** Stops telling; when it returns, the listener is not called any more. */
    @Override
    void close() throws IOException;
}
