package io.sluice.watcher.monitor;

import java.io.IOException;

/**
 * One way to see what changes below a {@link MonitorRoot}, from when that is adopted until it is lost. Its methods are
 * called by one thread at a time, but {@link #close}.
 */
interface TreeWatch extends AutoCloseable {
    /**
     * Begins; returns when the whole tree is watched.
     *
     * @throws UnsuitableException if the system, or the tree's file system, does not allow this way
     */
    void begin() throws IOException;

    /**
     * Waits for changes, for some time, and tells them. The root may be left open.
     *
     * @throws IOException if the root is gone
     * @throws UnsuitableException if this way is closed
     */
    void watch(long timeoutMillis) throws IOException;

    /** Sees to it that what has been mounted or unmounted in the tree meanwhile is seen too. */
    void mountsChanged() throws IOException;

    /** The figures of now, but for the reason. */
    MonitorStatistics statistics();

    /** Ends it. By any thread: whoever is in another method returns from it soon, with an exception perhaps. */
    @Override
    void close() throws IOException;
}
