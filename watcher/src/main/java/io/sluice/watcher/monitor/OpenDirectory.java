package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a {@link WatchTree} that a scan works in. While it is open its names are its own, whatever becomes of
 * the path that led to it; a path alone may lead to another directory that has taken its place meanwhile.
 */
final class OpenDirectory {
    private final MonitorRoot monitorRoot;
    private final WatchTree tree;
    private final FileStatus status = new FileStatus();
    private @Nullable WatchedDirectory node;
    private @Nullable DirectoryHandle handle;

    OpenDirectory(MonitorRoot monitorRoot, WatchTree tree) {
        this.monitorRoot = monitorRoot;
        this.tree = tree;
    }

    /** Notes which directory it is that {@code node} stands for. */
    void identify(WatchedDirectory known, DirectoryHandle opened) throws IOException {
        opened.status(status);
        known.inode = status.inode();
        known.device = status.device();
    }

    /** Opens an attached directory, instead of the one that was open; null if something else is in its place now. */
    @Nullable
    DirectoryHandle open(WatchedDirectory wanted) throws IOException {
        if (wanted == tree.root()) {
            return monitorRoot.handle();
        }
        DirectoryHandle present = handle;
        if (wanted == node && present != null) {
            return present;
        }
        close();
        try {
            DirectoryHandle opened = monitorRoot.handle().openDirectory(tree.path(wanted), Resolve.BENEATH_NO_SYMLINKS);
            handle = opened;
            opened.status(status);
            if (status.inode() != wanted.inode || status.device() != wanted.device) {
                return null;
            }
            node = wanted;
            return opened;
        } catch (SystemCallException e) {
            if (isAbsence(e)) {
                return null;
            }
            throw e;
        }
    }

    /** Whether an error means that there is no directory of that name. */
    static boolean isAbsence(SystemCallException e) {
        return switch (e.errno()) {
            case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.ESTALE -> true;
            default -> false;
        };
    }

    /** Closes what is open. */
    void close() throws IOException {
        DirectoryHandle opened = handle;
        handle = null;
        node = null;
        if (opened != null) {
            opened.close();
        }
    }
}
