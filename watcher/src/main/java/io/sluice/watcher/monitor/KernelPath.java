package io.sluice.watcher.monitor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Paths as the kernel shows them. */
final class KernelPath {
    private KernelPath() {}

    /** The rest of a path below {@code top}, without the slash between; empty if it is {@code top}; null if elsewhere. */
    static byte @Nullable [] below(byte[] top, byte[] path) {
        int length = top.length == 1 ? 0 : top.length;
        if (path.length < length || !Arrays.equals(top, 0, length, path, 0, length)) {
            return null;
        }
        if (path.length == length) {
            return new byte[0];
        }
        return path[length] == '/' ? Arrays.copyOfRange(path, length + 1, path.length) : null;
    }

    /** A name in a directory; an empty path or name adds nothing. */
    static byte[] join(byte[] path, byte[] name) {
        if (path.length == 0 || name.length == 0) {
            return path.length == 0 ? name : path;
        }
        byte[] joined = Arrays.copyOf(path, path.length + 1 + name.length);
        joined[path.length] = '/';
        System.arraycopy(name, 0, joined, path.length + 1, name.length);
        return joined;
    }
}
