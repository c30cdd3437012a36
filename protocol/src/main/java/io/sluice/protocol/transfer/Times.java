package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.filelist.FileEntry;

/** Compares modification times with {@code --modify-window}. */
final class Times {
    private Times() {}

    /** Returns true if the times differ by more than {@code window} seconds; -1 compares nanoseconds, 0 whole seconds. */
    static boolean differ(FileEntry entry, FileStatus status, int window) {
        long difference = entry.modificationTime() - status.mtimeSeconds();
        if (window < 0) {
            return difference != 0 || entry.modificationNanos() != status.mtimeNanos();
        }
        return Math.abs(difference) > window;
    }

    /** As {@link #differ}, of access times, which travel as whole seconds. */
    static boolean accessDiffers(FileEntry entry, FileStatus status, int window) {
        return Math.abs(entry.accessTime() - status.atimeSeconds()) > Math.max(window, 0);
    }

    static boolean differExactly(FileEntry entry, FileStatus status) {
        return differ(entry, status, -1);
    }
}
