package io.sluice.watcher.mirror;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.watcher.monitor.FileMonitor;
import java.io.Closeable;
import java.io.IOException;

/**
 * Makes sure that a push sees the source that is watched, and not what is left in its place when it is unmounted or moved
 * away: taken for the source, that would empty every replica.
 */
@FunctionalInterface
interface SourceGuard {
    /** For a source that cannot go. */
    SourceGuard NONE = () -> () -> {};

    /**
     * Holds the source where it is until closed: it cannot be unmounted.
     *
     * @throws TransferException if it is not there
     */
    Closeable hold() throws IOException;

    /** For what a monitor watches. */
    static SourceGuard of(FileMonitor monitor) {
        return () -> {
            try {
                return monitor.openRoot()::close;
            } catch (IOException e) {
                throw new TransferException(ExitCode.FILE_SELECT, "source " + e.getMessage(), e);
            }
        };
    }
}
