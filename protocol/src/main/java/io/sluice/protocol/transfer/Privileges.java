package io.sluice.protocol.transfer;

import io.sluice.linux.Identity;
import java.io.IOException;

/**
 * What the calling thread may do with files.
 *
 * @param root owner and devices can be set, permissions do not bind
 * @param uid who new files belong to
 * @param umask the permission bits that new files do not get
 */
record Privileges(boolean root, int uid, int umask) {
    private static final int ACCESS_BITS = 0777;

    static Privileges current() throws IOException {
        int uid = Identity.fileUser();
        return new Privileges(uid == 0, uid, Identity.umask());
    }

    /** The permissions that something new gets at most, without {@code -p}. */
    int defaultPermissions() {
        return ACCESS_BITS & ~umask;
    }
}
