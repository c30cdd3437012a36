package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileSystem;
import io.sluice.linux.Mount;
import io.sluice.linux.MountTable;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All places of a tree where a file system begins, each of them marked. */
final class MountViews {
    private static final Set<ChangeKind> SUBTREE = Set.of(ChangeKind.SUBTREE);

    private final MonitorRoot root;
    private final PathFilter excludes;
    private final ChangeListener listener;
    private List<MountView> views = List.of();

    MountViews(MonitorRoot root, PathFilter excludes, ChangeListener listener) {
        this.root = root;
        this.excludes = excludes;
        this.listener = listener;
    }

    /** Asks for the events of a file system. */
    @FunctionalInterface
    interface Marker {
        void mark(DirectoryHandle directory) throws IOException;
    }

    List<MountView> all() {
        return views;
    }

    /** Whether there are file systems below the root's. */
    boolean hasInner() {
        return views.size() > 1;
    }

    /**
     * Marks all file systems that are there now, and tells nothing.
     *
     * @throws UnsuitableException if one of them is none for fanotify
     */
    void begin(Marker marker) throws IOException {
        views = marked(marker);
    }

    /** Marks what is there now, and tells each place where that is something else than before. */
    void refresh(Marker marker) throws IOException {
        release();
        List<MountView> before = views;
        views = marked(marker);
        tellMissing(before, views);
        tellMissing(views, before);
    }

    private void tellMissing(List<MountView> wanted, List<MountView> there) {
        for (MountView view : wanted) {
            if (there.stream().noneMatch(view::isSameAs)) {
                listener.changed(new Change(view.point(), SUBTREE, true));
            }
        }
    }

    private List<MountView> marked(Marker marker) throws IOException {
        List<MountView> marked = new ArrayList<>();
        for (MountView view : found()) {
            try {
                DirectoryHandle handle = view.handle();
                if (handle != null) {
                    mark(view, handle, marker);
                    marked.add(view);
                }
            } catch (SystemCallException e) {
                throw unsuitable(view, e.getMessage());
            } finally {
                view.release();
            }
        }
        return marked;
    }

    private List<MountView> found() throws IOException {
        byte[] top;
        List<Mount> mounts;
        try {
            top = root.handle().kernelPath();
            mounts = MountTable.read();
        } catch (SystemCallException e) {
            throw new UnsuitableException(String.valueOf(e.getMessage()));
        }
        boolean whole = InnerMounts.isOnWholeMount(mounts, top);
        List<MountView> found = new ArrayList<>(List.of(MountView.ofRoot(root, whole)));
        for (Mount mount : InnerMounts.below(mounts, top)) {
            byte[] point = KernelPath.below(top, mount.point());
            if (point != null && !ExcludedPaths.excludes(excludes, point)) {
                found.removeIf(view -> Arrays.equals(view.point(), point)); // it is hidden by this one
                found.add(MountView.of(root, point, mount));
            }
        }
        return found;
    }

    private void mark(MountView view, DirectoryHandle handle, Marker marker) throws IOException {
        FileSystem fileSystem = handle.fileSystem();
        if (fileSystem.type() == FileSystem.BTRFS || fileSystem.id() == 0) {
            throw unsuitable(view, "a file system whose events do not say where (expected: ext4, XFS or tmpfs)");
        }
        marker.mark(handle);
        try (DirectoryHandle again = handle.reopenByHandle()) {
            if (again == null || !Arrays.equals(again.kernelPath(), handle.kernelPath())) {
                throw unsuitable(view, "a file system whose handles lead nowhere (expected: back to the file)");
            }
        }
        view.fileSystem(fileSystem.id());
    }

    private static UnsuitableException unsuitable(MountView view, @Nullable String why) {
        String where = view.point().length == 0 ? "" : Change.shown(view.point()) + ": ";
        return new UnsuitableException(where + why);
    }

    void release() throws IOException {
        for (MountView view : views) {
            view.release();
        }
    }
}
