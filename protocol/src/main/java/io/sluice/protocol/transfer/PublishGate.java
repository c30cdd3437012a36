package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import java.io.IOException;

/**
 * Lets whoever pushes decide when the receiver puts the files that {@code --delay-updates} held back in their places: the sender keeps its end mark of the
 * second phase back until then. Called by the transfer's thread.
 */
@FunctionalInterface
public interface PublishGate {
    /** Holds nothing back. */
    PublishGate OPEN = (complete, millis) -> true;

    /**
     * The receiver has all content; waits until it may be published.
     *
     * @param complete no file and no attribute has failed so far
     * @param millis how long to wait at most: the connection has to be kept alive
     * @return false: not yet
     * @throws IOException to break the transfer off, with nothing published
     */
    boolean mayPublish(boolean complete, long millis) throws IOException;

    /**
     * Whether the content of a file may be sent, which was opened: if not, the receiver is told that it does not come.
     *
     * @param path as in the file list
     * @param status of the open file; only valid during the call
     */
    default boolean maySend(byte[] path, FileStatus status) {
        return true;
    }

    /** The content of a file was sent; {@code status} is that of the open file now. */
    default void sent(byte[] path, FileStatus status) {}
}
