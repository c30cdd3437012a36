package io.sluice.protocol.transfer;

import io.sluice.linux.Identity;
import io.sluice.protocol.filelist.Authority;
import io.sluice.protocol.options.PrivilegeOptions;
import java.io.IOException;

/**
 * What the calling thread may do with files.
 *
 * @param authority on what terms owners and devices are set
 * @param uid who new files belong to
 * @param umask the permission bits that new files do not get
 */
record Privileges(Authority authority, int uid, int umask) {
    private static final int ACCESS_BITS = 0777;

    static Privileges current(PrivilegeOptions options) throws IOException {
        return new Privileges(Authority.of(options), Identity.fileUser(), Identity.umask());
    }

    /** Owner and devices can be set, or kept beside the file; permissions do not bind. */
    boolean root() {
        return authority.actsAsRoot();
    }

    /** What only root can set is kept beside the file. */
    boolean fakes() {
        return authority == Authority.FAKE;
    }

    /** The permissions that something new gets at most, without {@code -p}. */
    int defaultPermissions() {
        return ACCESS_BITS & ~umask;
    }
}
