package io.sluice.protocol.delta;

import io.sluice.linux.FileStatus;

/**
 * What a file's status says of its content: with the same values it is the same, if the file was at rest before ({@link
 * SharedEncodings}). Times are seconds since 1970 and nanoseconds.
 */
record FileVersion(
        long device, long inode, long size, long mtimeSeconds, int mtimeNanos, long ctimeSeconds, int ctimeNanos) {
    static FileVersion of(FileStatus status) {
        return new FileVersion(
                status.device(),
                status.inode(),
                status.size(),
                status.mtimeSeconds(),
                status.mtimeNanos(),
                status.ctimeSeconds(),
                status.ctimeNanos());
    }

    /** Whether this is what {@code status} says. */
    boolean isOf(FileStatus status) {
        return inode == status.inode()
                && device == status.device()
                && size == status.size()
                && mtimeSeconds == status.mtimeSeconds()
                && mtimeNanos == status.mtimeNanos()
                && ctimeSeconds == status.ctimeSeconds()
                && ctimeNanos == status.ctimeNanos();
    }
}
