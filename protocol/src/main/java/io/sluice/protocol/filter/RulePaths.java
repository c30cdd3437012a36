package io.sluice.protocol.filter;

import java.util.Arrays;
import java.util.Optional;

/**
 * Arithmetic on the paths of rule files. An absolute path stands here without its leading slash, so that the root is empty; that of a module is as far up
 * as a path can lead.
 */
final class RulePaths {
    /** The longest path that the kernel takes, in bytes, without its end. */
    static final int MAX_LENGTH = 4095;

    private RulePaths() {}

    /** Returns {@code name} as seen from the absolute {@code directory}; one with a leading slash is seen from the root. No {@code .} or {@code ..} is left. */
    static byte[] resolve(byte[] directory, byte[] name) {
        return collapse(name.length > 0 && name[0] == '/' ? name : join(directory, name));
    }

    /** Returns an absolute path without {@code .}, {@code ..} and superfluous slashes; what leads above the root stays there. */
    static byte[] collapse(byte[] path) {
        byte[] kept = new byte[path.length];
        int length = 0;
        int at = 0;
        while (at < path.length) {
            int end = at;
            while (end < path.length && path[end] != '/') {
                end++;
            }
            if (isDots(path, at, end, 2)) {
                while (length > 0 && kept[--length] != '/') {}
            } else if (end > at && !isDots(path, at, end, 1)) {
                if (length > 0) {
                    kept[length++] = '/';
                }
                System.arraycopy(path, at, kept, length, end - at);
                length += end - at;
            }
            at = end + 1;
        }
        return Arrays.copyOf(kept, length);
    }

    /** Returns true if a relative path leads above where it starts, be it to come back. */
    static boolean climbs(byte[] path) {
        int depth = 0;
        for (int at = 0; at < path.length && depth >= 0; at++) {
            int end = endOfNext(path, at - 1);
            if (isDots(path, at, end, 2)) {
                depth--;
            } else if (end > at && !isDots(path, at, end, 1)) {
                depth++;
            }
            at = end;
        }
        return depth < 0;
    }

    /**
     * Returns what is left of the absolute {@code path} once it has come to the absolute {@code home}; nothing if it leads anywhere else, also if it would
     * come to {@code home} from there.
     */
    static Optional<byte[]> inside(byte[] home, byte[] path) {
        byte[] goal = collapse(home);
        int below = 0; // components below home
        byte[] above = {}; // where the path is, as long as that is above home
        boolean arrived = goal.length == 0;
        int rest = 0;
        for (int at = 0; at < path.length; at++) {
            int end = endOfNext(path, at - 1);
            byte[] name = Arrays.copyOfRange(path, at, end);
            boolean up = isDots(path, at, end, 2);
            if (!up && (end == at || isDots(path, at, end, 1))) {
                at = end;
                continue;
            }
            if (arrived && up && below == 0) {
                above = parent(goal);
                arrived = goal.length == 0;
                rest = arrived ? end : rest;
            } else if (arrived) {
                below += up ? -1 : 1;
            } else {
                above = up ? parent(above) : join(above, name);
                if (!holds(above, goal)) {
                    return Optional.empty();
                }
                arrived = above.length == goal.length;
                rest = end;
            }
            at = end;
        }
        return arrived ? Optional.of(from(path, rest)) : Optional.empty();
    }

    /** What {@code path} has from {@code start} on, without slashes before it. */
    private static byte[] from(byte[] path, int start) {
        int at = start;
        while (at < path.length && path[at] == '/') {
            at++;
        }
        return Arrays.copyOfRange(path, at, path.length);
    }

    private static boolean isDots(byte[] path, int from, int to, int count) {
        return to - from == count && path[from] == '.' && path[to - 1] == '.';
    }

    /** Returns both with a slash between, which an empty one does not need. */
    static byte[] join(byte[] directory, byte[] name) {
        if (directory.length == 0 || name.length == 0) {
            return directory.length == 0 ? name : directory;
        }
        byte[] path = Arrays.copyOf(directory, directory.length + 1 + name.length);
        path[directory.length] = '/';
        System.arraycopy(name, 0, path, directory.length + 1, name.length);
        return path;
    }

    /** Returns both without anything between. */
    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static boolean hasSlash(byte[] path) {
        for (byte c : path) {
            if (c == '/') {
                return true;
            }
        }
        return false;
    }

    /** Returns everything before the last slash. */
    static byte[] parent(byte[] path) {
        return Arrays.copyOf(path, Math.max(0, nameStart(path) - 1));
    }

    /** Returns what is behind the last slash. */
    static byte[] name(byte[] path) {
        return Arrays.copyOfRange(path, nameStart(path), path.length);
    }

    private static int nameStart(byte[] path) {
        int at = path.length;
        while (at > 0 && path[at - 1] != '/') {
            at--;
        }
        return at;
    }

    /** Returns true if {@code path} is {@code directory} or in it. */
    static boolean holds(byte[] directory, byte[] path) {
        int length = directory.length;
        return path.length >= length
                && Arrays.equals(directory, 0, length, path, 0, length)
                && (length == 0 || path.length == length || path[length] == '/');
    }

    /** Returns where the component of {@code path} ends that follows the one ending at {@code from}; 0 begins with the first. */
    static int endOfNext(byte[] path, int from) {
        int at = from + 1;
        while (at < path.length && path[at] != '/') {
            at++;
        }
        return at;
    }
}
