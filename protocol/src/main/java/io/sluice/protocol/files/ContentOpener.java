package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;

/** Opens the content of files; unless a method says otherwise, of what {@link Parents} has located, never through a symlink. */
final class ContentOpener {
    private static final int OWNER_READ_WRITE = 0600;
    private static final int REGULAR_FLAGS = OpenFlags.NO_FOLLOW | OpenFlags.NONBLOCK;

    private final Parents parents;
    private final FileHandling handling;
    private final FileStatus status = new FileStatus();

    ContentOpener(Parents parents, FileHandling handling) {
        this.parents = parents;
        this.handling = handling;
    }

    /**
     * Opens a regular file, or a device if devices have content.
     *
     * @param path for messages
     * @param flags of {@link OpenFlags}
     * @param mode if it is created, less the umask
     */
    OpenFile open(byte[] path, int flags, int mode) throws IOException {
        int special = handling.keepsAccessTimes() ? REGULAR_FLAGS | OpenFlags.NO_ATIME : REGULAR_FLAGS;
        return requireRegular(
                parents.directory().openFile(parents.name(), flags | special, mode, Resolve.NO_SYMLINKS), path);
    }

    /** As {@link #open} to read, of what {@code path} leads to. */
    OpenFile openFollowing(byte[] path) throws IOException {
        return requireRegular(parents.openContent(path), path);
    }

    /** See {@link FileTree#openForUpdateAnyhow}. */
    OpenFile openForUpdateAnyhow(byte[] path, int mode) throws IOException {
        try {
            return open(path, OpenFlags.READ_WRITE | OpenFlags.CREATE, mode);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EACCES) {
                throw e;
            }
        }
        DirectoryHandle directory = parents.directory();
        byte[] name = parents.name();
        try {
            return open(path, OpenFlags.READ_WRITE, 0);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EACCES || !directory.status(name, false, status) || !status.isRegular()) {
                throw e;
            }
        }
        int permissions = status.permissions();
        directory.changeMode(name, permissions | OWNER_READ_WRITE);
        try {
            return open(path, OpenFlags.READ_WRITE, 0);
        } finally {
            directory.changeMode(name, permissions);
        }
    }

    /** Opens a file of any type, as a user named it; where the policy trusts links, it may be one. */
    OpenFile openNamed(byte[] path, int flags, int mode) throws IOException {
        if (parents.isTrusting()) {
            return parents.openTrusting(path, flags, mode);
        }
        parents.locate(path);
        return parents.directory().openFile(parents.name(), flags | OpenFlags.NO_FOLLOW, mode, Resolve.NO_SYMLINKS);
    }

    private OpenFile requireRegular(OpenFile file, byte[] path) throws IOException {
        try {
            file.status(status);
            if (!status.isRegular() && !(handling.opensDevices() && status.isDevice())) {
                throw new SystemCallException("open", Errno.EINVAL, path);
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }
}
