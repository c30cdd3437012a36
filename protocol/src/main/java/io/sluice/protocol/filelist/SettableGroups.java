package io.sluice.protocol.filelist;

import io.sluice.linux.Identity;
import java.io.IOException;
import java.util.Arrays;

/**
 * Which groups the calling thread may give a file to: any if it is root, else its own.
 *
 * @param all whether there is no restriction
 */
record SettableGroups(boolean all, int[] groups) {
    static SettableGroups ofThread() throws IOException {
        if (Identity.fileUser() == 0) {
            return new SettableGroups(true, Columns.NO_INTS);
        }
        int[] supplementary = Identity.groups();
        int[] groups = Arrays.copyOf(supplementary, supplementary.length + 1);
        groups[supplementary.length] = Identity.fileGroup();
        return new SettableGroups(false, groups);
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
