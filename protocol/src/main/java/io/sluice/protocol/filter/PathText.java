package io.sluice.protocol.filter;

import java.util.Arrays;

/**
 * The path that is being checked, once for all rules, with what patterns may need around it. The buffer is reused: nothing is allocated while
 * paths get no longer.
 *
 * <pre>
 *   / prefix / path /        prefix: the transfer root's absolute path, maybe empty
 *             ↑    ↑
 *           start  end
 * </pre>
 */
final class PathText {
    byte[] bytes = new byte[512];
    int start;
    int end;
    int lastComponent;
    boolean directory;

    private int prefixLength;

    PathText() {
        setPrefix(new byte[0]);
    }

    /** Sets the absolute path of the directory that paths are relative to, without slashes around it. */
    void setPrefix(byte[] prefix) {
        prefixLength = prefix.length;
        start = prefixLength == 0 ? 1 : prefixLength + 2;
        reserve(start);
        bytes[0] = '/';
        System.arraycopy(prefix, 0, bytes, 1, prefixLength);
        bytes[start - 1] = '/';
        end = start;
        lastComponent = start;
    }

    void set(byte[] path, boolean isDirectory) {
        reserve(start + path.length + 1);
        System.arraycopy(path, 0, bytes, start, path.length);
        setEnd(start + path.length, isDirectory);
    }

    /** Narrows or widens the path to what ends at {@code newEnd}. */
    void setEnd(int newEnd, boolean isDirectory) {
        end = newEnd;
        bytes[end] = '/';
        directory = isDirectory;
        int at = end;
        while (at > start && bytes[at - 1] != '/') {
            at--;
        }
        lastComponent = at;
    }

    private void reserve(int length) {
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
    }
}
