package io.sluice.watcher.monitor;

import java.io.IOException;

/**
 * Tells what changes in a tree, directories that are new included.
 *
 * <p>Its promise: after {@link #start} has returned, a change to any path that is not excluded is followed by a {@link
 * Change} of that path, or of one above it with {@link ChangeKind#SUBTREE} or {@link ChangeKind#REMOVED}. It may tell
 * too much, a thing twice, or something that was undone.
 */
public interface FileMonitor extends AutoCloseable {
    /** The best monitor there is for this system; nothing is watched before {@link #start}. */
    static FileMonitor of(MonitorSettings settings) {
        return new InotifyMonitor(settings);
    }

    /**
     * Begins to watch, and returns when the whole tree is watched. To be called once.
     *
     * @throws IOException if the root is not a directory that can be read, or the system gives no means to watch
     */
    void start(ChangeListener listener) throws IOException;

    /** The figures of now. */
    MonitorStatistics statistics();

    /** Stops telling; when it returns, the listener is not called any more. */
    @Override
    void close() throws IOException;
}
