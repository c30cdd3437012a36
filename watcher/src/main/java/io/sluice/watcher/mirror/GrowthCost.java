package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.util.function.ToLongFunction;

/**
 * How much longer a file that goes on growing has to wait for its next push: a second for each 16 MiB that it has by now.
 * Both ends read all of it each time, at some hundred MiB a second, so that this takes them a few hundredths of their time.
 */
final class GrowthCost implements ToLongFunction<byte[]> {
    private static final long BYTES_A_SECOND = 16 << 20;
    private static final long SECOND = 1_000_000_000;
    private static final long MOST_SECONDS = 24 * 3600;

    private final byte[] source;

    /** @param source the directory that paths are relative to */
    GrowthCost(byte[] source) {
        this.source = source.clone();
    }

    /** The time in nanoseconds; none for what cannot be looked at. */
    @Override
    public long applyAsLong(byte[] path) {
        FileStatus status = new FileStatus();
        try (DirectoryHandle root = DirectoryHandle.open(source)) {
            boolean there = root.status(path, false, status);
            return there ? Math.min(MOST_SECONDS, status.size() / BYTES_A_SECOND) * SECOND : 0;
        } catch (IOException e) {
            return 0; // whoever plans the push will see
        }
    }
}
