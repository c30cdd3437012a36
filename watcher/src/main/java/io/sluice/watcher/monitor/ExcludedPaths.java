package io.sluice.watcher.monitor;

import java.util.Arrays;

/** Asks a filter as whoever goes down a tree would. */
final class ExcludedPaths {
    private ExcludedPaths() {}

    /** Whether a directory, or one on the way to it, is excluded. */
    static boolean excludes(PathFilter filter, byte[] directory) {
        if (filter.isEmpty() || directory.length == 0) {
            return false;
        }
        for (int end = 0; end < directory.length; end++) {
            if (directory[end] == '/' && filter.excludes(Arrays.copyOf(directory, end), true)) {
                return true;
            }
        }
        return filter.excludes(directory, true);
    }
}
