package io.sluice.protocol.filter;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Reads the merge files of a tree. What cannot be opened counts as absent, as rsync has it: a rule file is not a condition of the transfer. */
final class MergeFiles {
    private static final int MAX_SIZE = 16 * 1024 * 1024;
    private static final int MAX_LINKS = 8;
    private static final Set<Integer> AS_ABSENT =
            Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES, Errno.ELOOP, Errno.EXDEV, Errno.ENAMETOOLONG);

    private final FileTree tree;
    private final FileStatus status = new FileStatus();

    MergeFiles(FileTree tree) {
        this.tree = tree;
    }

    /**
     * Returns the content of the regular file {@code path}, symlinks of root or the caller followed as far as the tree's policy goes.
     *
     * @throws TransferException with code 11 if it is larger than any rule file
     */
    Optional<byte[]> read(byte[] path) throws IOException {
        byte[] at = path;
        try {
            for (int links = 0; links <= MAX_LINKS; links++) {
                if (!tree.status(at, status)) {
                    return Optional.empty();
                }
                if (!status.isSymlink()) {
                    return status.isRegular() ? Optional.of(content(at)) : Optional.empty();
                }
                at = resolve(parent(at), tree.readTrustedLink(at));
            }
            return Optional.empty();
        } catch (SystemCallException e) {
            if (AS_ABSENT.contains(e.errno())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns {@code name} as seen from {@code directory}; one with a leading slash is seen from the tree's root. */
    static byte[] resolve(byte[] directory, byte[] name) {
        if (name.length > 0 && name[0] == '/') {
            return Arrays.copyOfRange(name, 1, name.length);
        }
        return join(directory, name);
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

    private static byte[] parent(byte[] path) {
        int at = path.length;
        while (at > 0 && path[at - 1] != '/') {
            at--;
        }
        return Arrays.copyOf(path, Math.max(0, at - 1));
    }

    private byte[] content(byte[] path) throws IOException {
        byte[] buffer = new byte[8192];
        int length = 0;
        try (OpenFile file = tree.openForReading(path)) {
            int count = file.read(buffer, 0, buffer.length);
            while (count > 0) {
                length += count;
                if (length > MAX_SIZE) {
                    throw new TransferException(
                            ExitCode.FILE_IO,
                            "filter file " + new String(path, StandardCharsets.UTF_8) + ": more than " + MAX_SIZE
                                    + " bytes (expected: rules)");
                }
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
                count = file.read(buffer, length, buffer.length - length);
            }
        }
        return Arrays.copyOf(buffer, length);
    }
}
