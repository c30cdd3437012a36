package io.sluice.daemon.config;

import io.sluice.protocol.session.DigestType;
import java.util.List;
import java.util.Optional;

/**
 * Who may use a module, by name and password.
 *
 * @param users {@code auth users} in order, the first that matches counts; empty: anyone may, without a password
 * @param secretsFile {@code secrets file}; empty: there is none
 * @param strictModes the secrets file must belong to root and be closed to others
 * @param weakestDigest {@code auth digest}; absent: all are good enough
 */
public record AuthenticationRules(
        List<AuthorizedUser> users, String secretsFile, boolean strictModes, Optional<DigestType> weakestDigest) {
    public AuthenticationRules {
        users = List.copyOf(users);
    }
}
