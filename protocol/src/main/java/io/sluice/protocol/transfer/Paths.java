package io.sluice.protocol.transfer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Paths as bytes, components separated by {@code /}. */
final class Paths {
    static final byte[] ROOT = {'.'};
    private static final byte[] EMPTY = {};
    private static final byte[] UP = {'.', '.'};

    private Paths() {}

    static boolean isRoot(byte[] path) {
        return path.length == 0 || (path.length == 1 && path[0] == '.');
    }

    static byte[] join(byte[] directory, byte[] name) {
        if (isRoot(directory)) {
            return name;
        }
        byte[] joined = Arrays.copyOf(directory, directory.length + 1 + name.length);
        joined[directory.length] = '/';
        System.arraycopy(name, 0, joined, directory.length + 1, name.length);
        return joined;
    }

    /** {@code path} below the root directory. */
    static byte[] absolute(byte[] path) {
        byte[] full = new byte[path.length + 1];
        full[0] = '/';
        System.arraycopy(path, 0, full, 1, path.length);
        return full;
    }

    /** Where the last {@code /} stands, or -1. */
    static int lastSlash(byte[] path) {
        int at = path.length - 1;
        while (at >= 0 && path[at] != '/') {
            at--;
        }
        return at;
    }

    /** How many names lead from the root to what {@code path} names. */
    static int depth(byte[] path) {
        int depth = isRoot(path) ? 0 : 1;
        for (byte octet : path) {
            depth += octet == '/' ? 1 : 0;
        }
        return depth;
    }

    /** Everything before the last {@code /}; empty if there is none. */
    static byte[] parent(byte[] path) {
        int slash = lastSlash(path);
        return slash < 0 ? EMPTY : Arrays.copyOf(path, slash);
    }

    static byte[] name(byte[] path) {
        return Arrays.copyOfRange(path, lastSlash(path) + 1, path.length);
    }

    /** Returns true if {@code path} lies inside directory {@code directory}. */
    static boolean isBelow(byte[] path, byte[] directory) {
        if (isRoot(directory)) {
            return !isRoot(path);
        }
        return path.length > directory.length
                && path[directory.length] == '/'
                && Arrays.mismatch(path, directory) == directory.length;
    }

    static byte[] withoutLeadingSlashes(byte[] path) {
        int start = 0;
        while (start < path.length && path[start] == '/') {
            start++;
        }
        return Arrays.copyOfRange(path, start, path.length);
    }

    static byte[] withoutTrailingSlashes(byte[] path) {
        int end = path.length;
        while (end > 1 && path[end - 1] == '/') {
            end--;
        }
        return Arrays.copyOf(path, end);
    }

    /** A directory's path without a last {@code /.}. */
    static byte[] withoutHere(byte[] path) {
        int end = path.length - 2;
        return end > 0 && path[end] == '/' && path[end + 1] == '.' ? Arrays.copyOf(path, end) : path;
    }

    /** Resolves {@code .} and {@code ..} by the names alone, below a root that nothing leads above: a relative path, {@code .} if nothing is left. */
    static byte[] collapse(byte[] path) {
        Deque<byte[]> names = new ArrayDeque<>();
        int start = 0;
        for (int at = 0; at <= path.length; at++) {
            if (at == path.length || path[at] == '/') {
                byte[] name = Arrays.copyOfRange(path, start, at);
                start = at + 1;
                if (Arrays.equals(name, UP)) {
                    names.pollLast();
                } else if (!isRoot(name)) {
                    names.addLast(name);
                }
            }
        }
        byte[] collapsed = EMPTY;
        for (byte[] name : names) {
            collapsed = join(collapsed, name);
        }
        return collapsed.length == 0 ? ROOT.clone() : collapsed;
    }
}
