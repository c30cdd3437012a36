package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code --confine-root}: a directory that the operator's paths may not end up outside of, whoever owns the links on them. What counts is where an open
 * directory is, as the kernel tells it, so nothing can be swapped between the check and the use.
 */
final class ConfineRoot {
    /** Every directory will do. */
    static final ConfineRoot NONE = new ConfineRoot(Paths.EMPTY);

    private static final byte[] DESCRIPTORS = "/proc/self/fd".getBytes(StandardCharsets.US_ASCII);

    private final byte[] root;

    private ConfineRoot(byte[] root) {
        this.root = root;
    }

    /** Takes the path of a directory that exists. */
    static ConfineRoot at(byte[] path) throws IOException {
        try (DirectoryHandle directory = DirectoryHandle.open(path)) {
            byte[] real = pathOf(directory);
            return real.length == 1 ? NONE : new ConfineRoot(real);
        }
    }

    boolean isNone() {
        return root.length == 0;
    }

    /** Returns the directory, which {@code path} led to; closes it and fails if that is outside. */
    DirectoryHandle check(DirectoryHandle directory, byte[] path) throws IOException {
        if (isNone() || holds(pathOf(directory))) {
            return directory;
        }
        directory.close();
        throw new SystemCallException("open (outside --confine-root)", Errno.EXDEV, path);
    }

    private boolean holds(byte[] path) {
        return path.length >= root.length
                && Arrays.equals(path, 0, root.length, root, 0, root.length)
                && (path.length == root.length || path[root.length] == Paths.SLASH);
    }

    private static byte[] pathOf(DirectoryHandle directory) throws IOException {
        try (DirectoryHandle descriptors = DirectoryHandle.open(DESCRIPTORS)) {
            return descriptors.readLink(Integer.toString(directory.fd()).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
