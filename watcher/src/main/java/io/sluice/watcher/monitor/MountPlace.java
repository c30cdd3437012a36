package io.sluice.watcher.monitor;

import io.sluice.linux.Mount;
import java.util.Arrays;
import java.util.List;

/**
 * A directory by the kernel's path, and the mount that it is on.
 *
 * @param path absolute
 * @param point where what it is on is mounted: {@code path} itself, or above it
 */
record MountPlace(byte[] path, byte[] point) {
    /** Of mounts at one point, the last is what is seen; which one makes no difference here. */
    static MountPlace of(List<Mount> mounts, byte[] path) {
        byte[] point = {'/'};
        for (Mount mount : mounts) {
            if (mount.point().length >= point.length && KernelPath.below(mount.point(), path) != null) {
                point = mount.point();
            }
        }
        return new MountPlace(path, point);
    }

    /** Whether a place of the same path is what is left when the mount of this one is gone: the directory that it hid. */
    boolean isHiddenBy(MountPlace before) {
        return Arrays.equals(path, before.path) && point.length < before.point.length;
    }
}
