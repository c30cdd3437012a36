package io.sluice.daemon.auth;

import io.sluice.daemon.auth.Authentication.Granted;
import io.sluice.daemon.auth.Authentication.Outcome;
import io.sluice.daemon.auth.Authentication.Refused;
import io.sluice.daemon.config.AuthenticationRules;
import io.sluice.daemon.config.AuthorizedUser;
import io.sluice.daemon.config.AuthorizedUser.Kind;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.protocol.filter.WildMatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Lets clients in by their TLS certificates: entries {@code tls:NAME} of {@code auth users}, which need no password. */
public final class CertificateCheck {
    private CertificateCheck() {}

    /**
     * Decides by certificate alone, if that can be.
     *
     * @param name that the client's certificate has, if it has shown one
     * @return empty: the client may still know a password
     */
    public static Optional<Outcome> check(AuthenticationRules rules, Optional<String> name) {
        boolean passwords = rules.users().isEmpty(); // whoever it is, he is asked first
        for (AuthorizedUser entry : rules.users()) {
            if (entry.kind() != Kind.CERTIFICATE) {
                passwords = true;
            } else if (name.isPresent() && matches(entry, name.get())) {
                return Optional.of(
                        entry.permission() == Permission.DENY
                                ? new Refused(UserName.of(name.get()), List.of("denied by rule"))
                                : new Granted(UserName.of(name.get()), entry.permission()));
            }
        }
        if (passwords) {
            return Optional.empty();
        }
        String reason = name.isPresent() ? "no matching rule" : "no TLS certificate";
        return Optional.of(new Refused(UserName.of(name.orElse("nobody")), List.of(reason)));
    }

    private static boolean matches(AuthorizedUser entry, String name) {
        return WildMatch.matches(
                entry.pattern().getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8));
    }
}
