package io.sluice.protocol.filelist;

import java.util.Arrays;

/**
 * Which directories have their content in a list that does not say so (protocol < 30): those that arguments named, and with recursion what is below them.
 * An entry that is not below the argument before it is a parent of the next one.
 */
final class ContentRoots {
    private final boolean recurse;
    private final boolean relative;
    private byte[] root = Columns.NO_BYTES;
    private boolean inside;

    ContentRoots(boolean recurse, boolean relative) {
        this.recurse = recurse;
        this.relative = relative;
    }

    /**
     * Returns the flags of the next directory of the list.
     *
     * @param top an argument named it
     */
    int flags(boolean top, byte[] path, int length) {
        if (top) {
            inside = recurse;
            root = Arrays.copyOf(path, rootLength(path, length));
            return Columns.TOP | Columns.CONTENT;
        }
        inside &= !relative || isBelowRoot(path, length);
        return inside ? Columns.CONTENT : 0;
    }

    private int rootLength(byte[] path, int length) {
        boolean dot = path[length - 1] == '.';
        if (dot && length == 1) {
            return 0;
        }
        return relative && dot && length > 2 && path[length - 2] == '/' ? length - 2 : length;
    }

    private boolean isBelowRoot(byte[] path, int length) {
        return root.length == 0
                || (length > root.length
                        && path[root.length] == '/'
                        && Arrays.equals(path, 0, root.length, root, 0, root.length));
    }
}
