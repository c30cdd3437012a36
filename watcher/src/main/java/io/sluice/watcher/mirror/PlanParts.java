package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan whose content is published before the rest of it.
 *
 * @param plan all of it
 * @param files leaves that are regular files
 * @param others leaves of any other kind, and directories
 */
record PlanParts(PushPlan plan, List<byte[]> files, List<byte[]> others) {
    PlanParts {
        files = List.copyOf(files);
        others = List.copyOf(others);
    }

    /** Looks what the leaves are. */
    static PlanParts of(PushPlan plan, byte[] source) throws IOException {
        List<byte[]> files = new ArrayList<>();
        List<byte[]> others = new ArrayList<>(plan.plainDirectories());
        FileStatus status = new FileStatus();
        try (DirectoryHandle root = DirectoryHandle.open(source)) {
            for (byte[] path : plan.leaves()) {
                boolean regular = root.status(path, false, status) && status.isRegular();
                (regular ? files : others).add(path);
            }
        }
        return new PlanParts(plan, files, others);
    }
}
