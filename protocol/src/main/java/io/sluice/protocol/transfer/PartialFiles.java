package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
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
    private final NamedDirectories named;
    private final boolean updatedInPlace;
    private final FileStatus status = new FileStatus();

    private PartialFiles(Site site, byte[] name, @Nullable TreePath shared) {
        this.tree = site.tree();
        this.named = site.named();
        this.updatedInPlace = site.session().inplacePartialDir();
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
        return new PartialFiles(site, directory.getBytes(StandardCharsets.ISO_8859_1), shared);
    }

    /** Returns where the content of {@code path} is kept. */
    TreePath of(byte[] path) {
        TreePath directory = directory(path);
        return new TreePath(directory.tree(), Paths.join(directory.path(), Paths.name(path)));
    }

    /**
     * Returns the content of {@code path} that is kept, if it is a regular file.
     *
     * @param into gets its status
     * @throws TransferException if it is one that is updated in place, and outside of a module; otherwise it is just not used
     */
    @Nullable
    TreePath find(byte[] path, FileStatus into) throws TransferException {
        TreePath place = of(path);
        try {
            return !hides(path) && place.status(into) && into.isRegular() ? place : null;
        } catch (IOException e) {
            boolean leadsOut = e instanceof SystemCallException call && call.errno() == Errno.EXDEV;
            if (leadsOut && updatedInPlace && named.isModule()) {
                String shown = new Text().add(path).toString();
                throw new TransferException(
                        ExitCode.PROTOCOL, "rsync: refusing unconfined partial basis for " + shown, e);
            }
            return null; // what cannot be reached is not used
        }
    }

    /** A module hides where the content of {@code path} would be kept: it is not kept then. */
    boolean hides(byte[] path) {
        TreePath directory = directory(path);
        return shared == null
                ? named.hidesInDestination(directory.path(), true) || named.hidesInDestination(of(path).path(), false)
                : named.hides(of(path).path(), false);
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
