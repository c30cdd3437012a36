package io.sluice.linux;

import java.util.Arrays;

/**
 * A mount as {@code /proc/self/mountinfo} lists it.
 *
 * @param id never that of another mount at the same time
 * @param root the directory of the file system that is seen there; {@code /}: all of it
 * @param point where it is seen
 * @param type the file system's name, as {@code ext4}
 */
public record Mount(int id, byte[] root, byte[] point, String type) {
    /** Whether the whole file system is seen. */
    public boolean isWhole() {
        return root.length == 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mount mount
                && id == mount.id
                && Arrays.equals(root, mount.root)
                && Arrays.equals(point, mount.point)
                && type.equals(mount.type);
    }

    @Override
    public int hashCode() {
        return 31 * id + Arrays.hashCode(point);
    }
}
