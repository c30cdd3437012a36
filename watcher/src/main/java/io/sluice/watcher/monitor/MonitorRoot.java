package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a path names, opened only while it is used: an open directory would keep its file system from
 * being unmounted.
 */
final class MonitorRoot {
    private static final byte[] PARENT = {'.', '.'};

    private final byte[] path;
    private final FileStatus status = new FileStatus();
    private @Nullable DirectoryHandle opened;
    private long device;
    private long inode;
    /** It was a mount point when it was first opened: without its mount, the path names some other directory. */
    private @Nullable Boolean mountPoint;

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
        handle.status(status);
        long newDevice = status.device();
        long newInode = status.inode();
        boolean mounted = handle.status(PARENT, false, status) && status.device() != newDevice;
        if (Boolean.TRUE.equals(mountPoint) && !mounted) {
            throw new IOException(shown() + ": not mounted (expected: a mount point, as at the start)");
        }
        mountPoint = mounted;
        device = newDevice;
        inode = newInode;
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
            if (status.device() != device || status.inode() != inode) {
                throw new IOException(shown() + ": another directory (expected: the one that is watched)");
            }
        }
        return handle;
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
