package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PlacementOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The directory that keeps what has come of a file ({@code --partial-dir}), and new content until all is there ({@code --delay-updates}): a relative one is
 * beside each file, an absolute one is for all.
 */
final class PartialFiles {
    private static final int PRIVATE = 0700;

    private final FileTree tree;
    private final byte[] name;
    private final @Nullable TreePath shared;
    private final FileStatus status = new FileStatus();

    private PartialFiles(FileTree tree, byte[] name, @Nullable TreePath shared) {
        this.tree = tree;
        this.name = name;
        this.shared = shared;
    }

    /** Returns null if there is no such directory. */
    static @Nullable PartialFiles of(Site site) {
        PlacementOptions placement = site.options().placement();
        String directory = placement.partialPlace();
        if (directory.isEmpty()) {
            return null;
        }
        TreePath shared = directory.startsWith("/") ? site.named().find(directory, new byte[0]) : null;
        return new PartialFiles(site.tree(), directory.getBytes(StandardCharsets.ISO_8859_1), shared);
    }

    /** Returns where the content of {@code path} is kept. */
    TreePath of(byte[] path) {
        TreePath directory = directory(path);
        return new TreePath(directory.tree(), Paths.join(directory.path(), Paths.name(path)));
    }

    private TreePath directory(byte[] path) {
        return shared != null ? shared : new TreePath(tree, Paths.join(Paths.parent(path), name));
    }

    /** Makes the directory for {@code path}, replacing something else of its name. */
    void makeDirectory(byte[] path) throws IOException {
        TreePath directory = directory(path);
        boolean exists = directory.status(status);
        if (exists && status.isDirectory()) {
            return;
        }
        if (exists) {
            directory.remove();
        }
        directory.tree().makeDirectory(directory.path(), PRIVATE);
    }

    /** Removes the directory for {@code path} if it is that file's own and nothing is left in it. */
    void removeDirectory(byte[] path) throws IOException {
        if (shared != null) {
            return;
        }
        try {
            tree.removeDirectory(directory(path).path());
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOTEMPTY && e.errno() != Errno.ENOENT && e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }
}
