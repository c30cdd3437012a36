package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Mount;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file system as it is seen at one place of the tree: where the root is, or at a mount below it. It is opened only while
 * it is used: an open directory would keep it from being unmounted.
 */
final class MountView {
    private final MonitorRoot root;
    /** Relative to the root; empty: the root itself. */
    private final byte[] point;

    private final boolean whole;
    private long fileSystem;
    private @Nullable DirectoryHandle opened;

    private MountView(MonitorRoot root, byte[] point, boolean whole) {
        this.root = root;
        this.point = point;
        this.whole = whole;
    }

    /** The view at the root. */
    static MountView ofRoot(MonitorRoot root, boolean whole) {
        return new MountView(root, new byte[0], whole);
    }

    /** The view at a mount below the root. */
    static MountView of(MonitorRoot root, byte[] point, Mount mount) {
        return new MountView(root, point, mount.isWhole());
    }

    byte[] point() {
        return point;
    }

    /** Whether a path that the kernel shows by way of this mount is certainly seen there. */
    boolean isWhole() {
        return whole;
    }

    long fileSystem() {
        return fileSystem;
    }

    void fileSystem(long id) {
        fileSystem = id;
    }

    /** The directory at the mount point, open until {@link #release}; null if there is another file system, or none. */
    @Nullable
    DirectoryHandle handle() throws IOException {
        if (point.length == 0) {
            return root.handle();
        }
        if (opened == null) {
            try {
                opened = root.handle().openDirectory(point, Resolve.BENEATH_NO_SYMLINKS);
            } catch (SystemCallException e) {
                if (OpenDirectory.isAbsence(e)) {
                    return null;
                }
                throw e;
            }
            if (fileSystem != 0 && opened.fileSystem().id() != fileSystem) {
                release();
            }
        }
        return opened;
    }

    void release() throws IOException {
        DirectoryHandle handle = opened;
        opened = null;
        if (handle != null) {
            handle.close();
        }
    }

    boolean isSameAs(MountView other) {
        return fileSystem == other.fileSystem && Arrays.equals(point, other.point);
    }
}
