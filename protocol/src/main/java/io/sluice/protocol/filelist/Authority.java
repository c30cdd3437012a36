package io.sluice.protocol.filelist;

import io.sluice.linux.Identity;
import io.sluice.protocol.options.PrivilegeOptions;

/** On what terms a side works with owners, devices and attributes: its own, or as {@code --super}, {@code --no-super} and {@code --fake-super} say. */
public enum Authority {
    /** What only root can do is not tried. */
    USER,
    /** Everything is tried. */
    ROOT,
    /** What only root can do is kept in extended attributes. */
    FAKE;

    /** That of the calling thread. */
    public static Authority of(PrivilegeOptions options) {
        if (options.fakeSuper()) {
            return FAKE;
        }
        return switch (options.superUser()) {
            case YES -> ROOT;
            case NO -> USER;
            default -> Identity.fileUser() == 0 ? ROOT : USER;
        };
    }

    /** Owners and devices are carried over, really or not. */
    public boolean actsAsRoot() {
        return this != USER;
    }

    /** Owners and devices are set as such. */
    public boolean isReallyRoot() {
        return this == ROOT;
    }
}
