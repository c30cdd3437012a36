package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import io.sluice.linux.MountTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a path names, opened only while it is used: an open directory would keep its file system from
 * being unmounted.
 */
final class MonitorRoot {
    private final byte[] path;
    private final FileStatus status = new FileStatus();
    private @Nullable DirectoryHandle opened;
    private long device;
    private long inode;
    /** Where it was when it was opened before: without its mount, the path names some other directory. */
    private @Nullable MountPlace place;

    MonitorRoot(byte[] path) {
        this.path = path.clone();
    }

    /**
     * Takes the directory that the path names now as the root.
     *
     * @throws IOException if it is none, or not the file system that was mounted there
     */
    void adopt() throws IOException {
        release();
        DirectoryHandle handle = DirectoryHandle.open(path);
        opened = handle;
        MountPlace now = MountPlace.of(MountTable.read(), handle.kernelPath());
        MountPlace before = place;
        if (before != null && now.isHiddenBy(before)) {
            String point = new String(before.point(), StandardCharsets.UTF_8);
            throw new IOException(shown() + ": what was mounted at " + point + " is not (expected: as at the start)");
        }
        place = now;
        handle.status(status);
        device = status.device();
        inode = status.inode();
    }

    /**
     * The directory that was adopted, open until {@link #release}.
     *
     * @throws IOException if the path names another one now
     */
    DirectoryHandle handle() throws IOException {
        DirectoryHandle handle = opened;
        if (handle == null) {
            handle = DirectoryHandle.open(path);
            opened = handle;
            handle.status(status);
            identity().require(status, shown());
        }
        return handle;
    }

    /** Of the directory that was adopted. */
    Identity identity() {
        return new Identity(device, inode);
    }

    /** What tells a directory from all others. */
    record Identity(long device, long inode) {
        void require(FileStatus status, String shown) throws IOException {
            if (status.device() != device || status.inode() != inode) {
                throw new IOException(shown + ": another directory (expected: the one that is watched)");
            }
        }
    }

    /** Closes the directory until it is asked for again. */
    void release() throws IOException {
        DirectoryHandle handle = opened;
        opened = null;
        if (handle != null) {
            handle.close();
        }
    }

    String shown() {
        return new String(path, StandardCharsets.UTF_8);
    }
}
