package io.sluice.protocol.files;

/**
 * Whether a symlink may lead out of the tree it is copied in, told by its text alone (rsync(1), {@code --safe-links}): an absolute or empty target
 * does, one that climbs above the tree does, and so does every one with a {@code ..} behind something else, as what that leads to depends on the disk.
 */
public final class SymlinkSafety {
    private SymlinkSafety() {}

    /**
     * Judges a target.
     *
     * @param path the link's own path in the tree
     */
    public static boolean isUnsafe(byte[] target, byte[] path) {
        if (target.length == 0 || target[0] == Paths.SLASH || climbsLate(target)) {
            return true;
        }
        int depth = depthOf(path);
        int start = 0;
        while (start < target.length) {
            int end = endOfComponent(target, start);
            if (isUp(target, start, end)) {
                depth--;
            } else if (end < target.length && !isHere(target, start, end)) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
            start = afterSlashes(target, end);
        }
        return false;
    }

    /** Some {@code ..} is not at the start, or ends the target after a slash. */
    private static boolean climbsLate(byte[] target) {
        boolean leading = true;
        int start = 0;
        while (start < target.length) {
            int end = endOfComponent(target, start);
            boolean up = isUp(target, start, end);
            if (up && start > 0 && (!leading || end == target.length)) {
                return true;
            }
            leading &= up;
            start = afterSlashes(target, end);
        }
        return false;
    }

    /** Directories between the top of the tree and a path; {@code ..} starts anew. */
    private static int depthOf(byte[] path) {
        int depth = 0;
        int start = 0;
        while (start < path.length) {
            int end = endOfComponent(path, start);
            if (isUp(path, start, end)) {
                depth = 0;
            } else if (end < path.length && !isHere(path, start, end)) {
                depth++;
            }
            start = afterSlashes(path, end);
        }
        return depth;
    }

    private static int endOfComponent(byte[] path, int start) {
        int end = start;
        while (end < path.length && path[end] != Paths.SLASH) {
            end++;
        }
        return end;
    }

    private static int afterSlashes(byte[] path, int from) {
        int start = from;
        while (start < path.length && path[start] == Paths.SLASH) {
            start++;
        }
        return start;
    }

    private static boolean isUp(byte[] path, int start, int end) {
        return end - start == 2 && path[start] == '.' && path[start + 1] == '.';
    }

    private static boolean isHere(byte[] path, int start, int end) {
        return end - start == 1 && path[start] == '.';
    }
}
