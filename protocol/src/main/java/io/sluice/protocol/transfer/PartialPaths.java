package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The directory {@code .~tmp~} beside each file in which {@code --delay-updates} keeps new content until all is there. */
final class PartialPaths {
    private static final byte[] NAME = ".~tmp~".getBytes(StandardCharsets.US_ASCII);
    private static final int PRIVATE = 0700;

    private PartialPaths() {}

    /** The directory's name. */
    static byte[] name() {
        return NAME.clone();
    }

    /** Returns where the new content of {@code path} is kept. */
    static byte[] of(byte[] path) {
        return Paths.join(directory(path), Paths.name(path));
    }

    private static byte[] directory(byte[] path) {
        return Paths.join(Paths.parent(path), NAME);
    }

    /** Makes the directory for {@code path}, replacing something else of its name. */
    static void makeDirectory(FileTree tree, byte[] path) throws IOException {
        byte[] directory = directory(path);
        FileStatus status = new FileStatus();
        boolean exists = tree.status(directory, status);
        if (exists && status.isDirectory()) {
            return;
        }
        if (exists) {
            tree.removeFile(directory);
        }
        tree.makeDirectory(directory, PRIVATE);
    }

    /** Removes the directory for {@code path} unless something is left in it. */
    static void removeDirectory(FileTree tree, byte[] path) throws IOException {
        try {
            tree.removeDirectory(directory(path));
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOTEMPTY && e.errno() != Errno.ENOENT && e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }
}
