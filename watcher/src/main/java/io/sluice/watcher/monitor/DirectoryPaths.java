package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.FanotifyEvents;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in the tree a directory of an event is now, which the kernel is asked. No path is kept but in a cache of bounded
 * size, which is right as long as no directory was renamed; that is an event itself, and {@link #forget} is due then. A
 * path that is out of date since that event is still to come is made good by it: it is told as a subtree at its new place.
 */
final class DirectoryPaths {
    private static final int SLOTS = 4096;
    private static final byte[][] NOWHERE = {};
    private static final byte[] DELETED = " (deleted)".getBytes(StandardCharsets.US_ASCII);

    private final MonitorRoot root;
    private final MountViews mounts;
    private final PathFilter excludes;
    private final ChangeListener listener;
    private final FileStatus status = new FileStatus();
    private final FileStatus seen = new FileStatus();
    /** The latest of all directories that share a slot. */
    private final @Nullable Known[] slots = new Known[SLOTS];

    private byte @Nullable [] rootPath;
    private boolean begun;
    private boolean rootMoved;

    /** @param paths none: outside, excluded, or gone; several: it is mounted in the tree more than once */
    private record Known(byte[] directory, byte[][] paths) {}

    DirectoryPaths(MonitorRoot root, MountViews mounts, PathFilter excludes, ChangeListener listener) {
        this.root = root;
        this.mounts = mounts;
        this.excludes = excludes;
        this.listener = listener;
    }

    /** Directories have been renamed, or may have been; the root with them. */
    void forget() {
        Arrays.fill(slots, null);
        begun = false;
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        byte[] now = root.handle().kernelPath();
        if (!Arrays.equals(now, rootPath)) {
            Arrays.fill(slots, null);
            rootMoved |= rootPath != null;
            rootPath = now;
        }
        begun = true;
    }

    /**
     * Ends the telling of what was read together: what was opened for it is closed.
     *
     * @return whether the root may have been moved meanwhile with a directory above it, so that what is in the tree was
     *     taken for something else
     */
    boolean end() throws IOException {
        boolean moved =
                rootMoved || (begun && !Arrays.equals(rootPath, root.handle().kernelPath()));
        rootMoved = false;
        release();
        return moved;
    }

    /** Closes what is open. */
    void release() throws IOException {
        begun = false;
        mounts.release();
        root.release();
    }

    /** The paths of an event's directory in the tree; none if nobody is to hear of it. */
    byte[][] of(FanotifyEvents events, int place) throws IOException {
        if (place == FanotifyEvents.NOWHERE) {
            return NOWHERE;
        }
        begin();
        int slot = events.directoryHash(place) & (SLOTS - 1);
        Known known = slots[slot];
        if (known == null || !events.isDirectory(place, known.directory)) {
            known = new Known(events.directory(place), ask(events, place));
            slots[slot] = known;
        }
        return known.paths;
    }

    private byte[][] ask(FanotifyEvents events, int place) throws IOException {
        byte[][] paths = NOWHERE;
        long fileSystem = events.fileSystem(place);
        for (MountView view : mounts.all()) {
            byte[] path = view.fileSystem() == fileSystem ? ask(events, place, view) : null;
            if (path != null && !ExcludedPaths.excludes(excludes, path)) {
                paths = Arrays.copyOf(paths, paths.length + 1);
                paths[paths.length - 1] = path;
            }
        }
        return paths;
    }

    private byte @Nullable [] ask(FanotifyEvents events, int place, MountView view) throws IOException {
        DirectoryHandle mount = view.handle();
        byte[] top = rootPath;
        if (mount == null || top == null) {
            return null;
        }
        try (DirectoryHandle directory = events.open(place, mount)) {
            if (directory == null) {
                return null;
            }
            byte[] path = KernelPath.below(top, directory.kernelPath());
            return path != null && isThere(path, directory, view) ? path : null;
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENAMETOOLONG) {
                throw e;
            }
            String message = "directory below " + root.shown() + ": " + e.getMessage() + " (not told)";
            listener.trouble(new Trouble(Trouble.Kind.UNREADABLE, view.point(), message));
            return null;
        }
    }

    /**
     * Whether a path that the kernel shows is the directory's. It is not after it was removed while somebody has it open,
     * nor if it is not seen from the mount at all: it is then shown from the file system's own root.
     */
    private boolean isThere(byte[] path, DirectoryHandle directory, MountView view) throws IOException {
        int end = path.length - DELETED.length;
        boolean marked = end >= 0 && Arrays.equals(path, end, path.length, DELETED, 0, DELETED.length);
        if (view.isWhole() && !marked) {
            return true;
        }
        directory.status(status);
        byte[] name = path.length == 0 ? new byte[] {'.'} : path;
        return status.linkCount() > 0
                && root.handle().status(name, false, seen)
                && seen.inode() == status.inode()
                && seen.device() == status.device();
    }
}
