package io.sluice.daemon.config;

import java.util.List;

/**
 * Who may use a module, by name and password.
 *
 * @param required {@code auth users} is set, if only to what matches nobody; else anyone may, without a password
 * @param users its entries in order, the first that matches counts
 * @param secretsFile {@code secrets file}; empty: there is none
 * @param strictModes the secrets file must belong to root and be closed to others
 * @param weakestDigest {@code auth digest} as written, perhaps no digest's name; empty: all are good enough
 */
public record AuthenticationRules(
        boolean required, List<AuthorizedUser> users, String secretsFile, boolean strictModes, String weakestDigest) {
    public AuthenticationRules {
        users = List.copyOf(users);
    }
}
