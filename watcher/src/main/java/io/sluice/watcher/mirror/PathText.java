package io.sluice.watcher.mirror;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Paths, which are bytes, as what can be compared and looked up: one character for each byte. */
final class PathText {
    private PathText() {}

    static String of(byte[] path) {
        return new String(path, StandardCharsets.ISO_8859_1);
    }

    /** The path that a text stands for. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The directory that holds a path; empty: the top. */
    static byte[] directory(byte[] path) {
        int end = path.length;
        while (end > 0 && path[end - 1] != '/') {
            end--;
        }
        return Arrays.copyOf(path, Math.max(0, end - 1));
    }

    /** A name in a directory; the top's is empty. An empty name makes a slash at the end. */
    static byte[] join(byte[] directory, byte[] name) {
        int start = directory.length == 0 ? 0 : directory.length + 1;
        byte[] path = new byte[start + name.length];
        System.arraycopy(directory, 0, path, 0, directory.length);
        if (start > 0) {
            path[start - 1] = '/';
        }
        System.arraycopy(name, 0, path, start, name.length);
        return path;
    }
}
