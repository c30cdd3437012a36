package io.sluice.daemon.config;

import java.util.Locale;

/**
 * One entry of {@code auth users}: {@code name}, {@code @group} or {@code tls:name}, each with wildcards, and {@code :ro}, {@code :rw} or {@code :deny}.
 *
 * @param pattern of the name
 * @param kind whose name that is
 * @param permission what the entry says about those who match
 */
public record AuthorizedUser(String pattern, Kind kind, Permission permission) {
    /** An addition of Sluice's: for rsync this is a user of that name without a password, who cannot come in. */
    private static final String CERTIFICATE = "tls:";

    /** Who an entry is about. */
    public enum Kind {
        /** A user who has a password. */
        USER,
        /** Users who have passwords and belong to a group. */
        GROUP,
        /** A client whose TLS certificate has this common name. */
        CERTIFICATE
    }

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
        boolean certificate = entry.startsWith(CERTIFICATE);
        String rest = certificate ? entry.substring(CERTIFICATE.length()) : entry;
        int colon = rest.indexOf(':');
        String name = colon < 0 ? rest : rest.substring(0, colon);
        String option = colon < 0 ? "" : rest.substring(colon + 1).toLowerCase(Locale.ROOT);
        boolean group = !certificate && name.startsWith("@");
        Kind kind = certificate ? Kind.CERTIFICATE : group ? Kind.GROUP : Kind.USER;
        return new AuthorizedUser(group ? name.substring(1) : name, kind, permission(option));
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
