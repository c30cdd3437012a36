package io.sluice.daemon.config;

import java.util.Locale;

/**
 * One entry of {@code auth users}: {@code name}, {@code @group}, each with wildcards, and {@code :ro}, {@code :rw} or {@code :deny}.
 *
 * @param pattern of the user's or group's name
 * @param group the pattern is of a group that the user belongs to
 * @param permission what the entry says about those who match
 */
public record AuthorizedUser(String pattern, boolean group, Permission permission) {
    /** What an entry allows. */
    public enum Permission {
        /** As the module says. */
        MODULE,
        READ_ONLY,
        READ_WRITE,
        DENY
    }

    /** Parses an entry; an unknown word after the colon counts as none, as with rsync. */
    static AuthorizedUser parse(String entry) {
        int colon = entry.indexOf(':');
        String name = colon < 0 ? entry : entry.substring(0, colon);
        String option = colon < 0 ? "" : entry.substring(colon + 1).toLowerCase(Locale.ROOT);
        boolean group = name.startsWith("@");
        return new AuthorizedUser(group ? name.substring(1) : name, group, permission(option));
    }

    private static Permission permission(String option) {
        if (option.startsWith("d")) {
            return Permission.DENY;
        }
        if (option.startsWith("ro")) {
            return Permission.READ_ONLY;
        }
        return option.startsWith("rw") ? Permission.READ_WRITE : Permission.MODULE;
    }
}
