package io.sluice.protocol.filelist;

import io.sluice.linux.Identity;
import java.io.IOException;
import java.util.Arrays;

/**
 * Which groups a file may be given to: any if we act as root, else those of the thread.
 *
 * @param all whether there is no restriction
 */
record SettableGroups(boolean all, int[] groups) {
    /** The groups that the calling thread belongs to. */
    static SettableGroups ofThread() throws IOException {
        int[] supplementary = Identity.groups();
        int[] groups = Arrays.copyOf(supplementary, supplementary.length + 1);
        groups[supplementary.length] = Identity.fileGroup();
        return new SettableGroups(false, groups);
    }

    /** Each once. */
    int[] distinct() {
        return Arrays.stream(groups).distinct().toArray();
    }

    boolean contains(int gid) {
        if (all) {
            return true;
        }
        for (int group : groups) {
            if (group == gid) {
                return true;
            }
        }
        return false;
    }
}
