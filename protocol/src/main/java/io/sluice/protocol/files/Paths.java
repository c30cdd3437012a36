package io.sluice.protocol.files;

import java.util.Arrays;

/** Paths as bytes separated by slashes: joining and splitting, without asking the file system. */
final class Paths {
    static final byte[] EMPTY = {};
    static final byte[] HERE = {'.'};
    static final byte SLASH = '/';

    private Paths() {}

    /** {@code path} below {@code prefix}; either may be empty. */
    static byte[] join(byte[] prefix, byte[] path) {
        if (prefix.length == 0) {
            return path;
        }
        if (path.length == 0) {
            return prefix;
        }
        byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + path.length);
        joined[prefix.length] = SLASH;
        System.arraycopy(path, 0, joined, prefix.length + 1, path.length);
        return joined;
    }

    /** {@code path} without slashes at its end; {@code /} stays. */
    static byte[] withoutSlashes(byte[] path) {
        int end = endOf(path);
        return end == path.length ? path : Arrays.copyOf(path, end);
    }

    /** Where the path ends if slashes at its end do not count; at least 1 for an absolute path. */
    static int endOf(byte[] path) {
        int end = path.length;
        while (end > 1 && path[end - 1] == SLASH) {
            end--;
        }
        return end;
    }

    /**
     * Where the last component starts. A path that names a directory by itself (empty, {@code /}, or ending in {@code .} or {@code ..}) has none: its
     * end is returned, and all of it is the parent.
     */
    static int nameStart(byte[] path, int end) {
        int start = end;
        while (start > 0 && path[start - 1] != SLASH) {
            start--;
        }
        int length = end - start;
        boolean dots =
                (length == 1 && path[start] == '.') || (length == 2 && path[start] == '.' && path[start + 1] == '.');
        return dots ? end : start;
    }

    /** The directory part of a path, without slash at its end; empty if there is none. */
    static byte[] parent(byte[] path) {
        int start = nameStart(path, endOf(path));
        return start == 0 ? EMPTY : withoutSlashes(Arrays.copyOf(path, start));
    }
}
