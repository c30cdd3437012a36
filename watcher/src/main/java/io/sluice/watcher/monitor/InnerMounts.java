package io.sluice.watcher.monitor;

import io.sluice.linux.Mount;
import io.sluice.linux.MountTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is mounted below the root. */
final class InnerMounts implements AutoCloseable {
    private final @Nullable MountTable table;
    private List<Mount> known = List.of();
    private boolean asked;

    InnerMounts() {
        MountTable opened;
        try {
            opened = MountTable.open();
        } catch (IOException e) { // no /proc: nobody can tell
            opened = null;
        }
        table = opened;
    }

    /** Whether what is mounted below the adopted root is not what it was when this was asked before. */
    boolean changed(MonitorRoot root) throws IOException {
        if (table == null || !(table.changed() || !asked)) {
            return false;
        }
        asked = true;
        List<Mount> now = below(MountTable.read(), root.handle().kernelPath());
        boolean different = !now.equals(known);
        known = now;
        return different;
    }

    /** Those of the mounts that are below a path. */
    static List<Mount> below(List<Mount> mounts, byte[] path) {
        List<Mount> below = new ArrayList<>();
        for (Mount mount : mounts) {
            byte[] relative = KernelPath.below(path, mount.point());
            if (relative != null && relative.length > 0) {
                below.add(mount);
            }
        }
        return below;
    }

    /** Whether all of the file system is seen by way of the mount that a path is on. */
    static boolean isOnWholeMount(List<Mount> mounts, byte[] path) {
        boolean whole = false;
        int length = -1;
        for (Mount mount : mounts) {
            byte[] point = mount.point();
            if (point.length >= length && KernelPath.below(point, path) != null) {
                length = point.length;
                whole = mount.isWhole();
            }
        }
        return whole;
    }

    @Override
    public void close() {
        try {
            if (table != null) {
                table.close();
            }
        } catch (IOException e) { // it was only read
            known = List.of();
        }
    }
}
