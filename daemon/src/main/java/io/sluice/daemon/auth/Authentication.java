package io.sluice.daemon.auth;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.config.AuthenticationRules;
import io.sluice.daemon.config.AuthorizedUser;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.protocol.filter.WildMatch;
import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks one answer to a challenge against a module's rules. */
public final class Authentication {
    private final AuthenticationRules rules;
    private final DigestType digest;
    private final String challenge;

    /**
     * @param digest that both ends agreed on
     * @param challenge that the peer was sent
     */
    public Authentication(AuthenticationRules rules, DigestType digest, String challenge) {
        this.rules = rules;
        this.digest = digest;
        this.challenge = challenge;
    }

    /** How it came out. */
    public sealed interface Outcome {}

    /**
     * The user is who he says.
     *
     * @param permission what his entry allows
     */
    public record Granted(UserName user, Permission permission) implements Outcome {}

    /**
     * The user may not come in.
     *
     * @param logLines in rsync's words; the last is the reason
     */
    public record Refused(UserName user, List<String> logLines) implements Outcome {
        public Refused {
            logLines = List.copyOf(logLines);
        }
    }

    private record Match(AuthorizedUser entry, Optional<byte[]> group) {}

    /** Whether {@link #check} may have to find the groups of a user, whom the peer names. */
    public static boolean asksAccounts(AuthenticationRules rules) {
        return rules.users().stream().anyMatch(entry -> entry.kind() == AuthorizedUser.Kind.GROUP);
    }

    /** Checks {@code response}, the digest that {@code user} sent; {@code accounts} tell his groups. */
    public Outcome check(byte[] user, String response, Accounts accounts) {
        UserName name = new UserName(user);
        Optional<Match> match = match(user, accounts);
        if (match.isEmpty()) {
            return new Refused(name, List.of("no matching rule"));
        }
        Permission permission = match.get().entry.permission();
        if (permission == Permission.DENY) {
            return new Refused(name, List.of("denied by rule"));
        }
        List<String> reasons = secret(user, match.get().group, response);
        return reasons.isEmpty() ? new Granted(name, permission) : new Refused(name, reasons);
    }

    /** Why nobody can come in by a password, whoever it is: what is wrong with the secrets file. */
    public static Optional<String> objection(AuthenticationRules rules) {
        if (rules.secretsFile().isEmpty()) {
            return Optional.of("no secrets file");
        }
        try {
            SecretsFile.read(rules.secretsFile(), rules.strictModes()).forget();
            return Optional.empty();
        } catch (SecretsFile.Unusable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Match> match(byte[] user, Accounts accounts) {
        List<byte[]> groups = null;
        for (AuthorizedUser entry : rules.users()) {
            byte[] pattern = entry.pattern().getBytes(StandardCharsets.UTF_8);
            if (entry.kind() == AuthorizedUser.Kind.CERTIFICATE) {
                continue; // no password makes up for it
            }
            if (entry.kind() == AuthorizedUser.Kind.USER) {
                if (WildMatch.matches(pattern, user)) {
                    return Optional.of(new Match(entry, Optional.empty()));
                }
                continue;
            }
            if (groups == null) {
                groups = accounts.groupNamesOf(new String(user, StandardCharsets.UTF_8)).stream()
                        .map(group -> group.getBytes(StandardCharsets.UTF_8))
                        .toList();
            }
            for (byte[] group : groups) {
                if (WildMatch.matches(pattern, group)) {
                    return Optional.of(new Match(entry, Optional.of(group)));
                }
            }
        }
        return Optional.empty();
    }

    private List<String> secret(byte[] user, Optional<byte[]> group, String response) {
        if (rules.secretsFile().isEmpty()) {
            return List.of("no secrets file");
        }
        SecretsFile secrets;
        try {
            secrets = SecretsFile.read(rules.secretsFile(), rules.strictModes());
        } catch (SecretsFile.Unusable e) {
            return List.of(String.valueOf(e.getMessage()), "ignoring secrets file");
        } catch (IOException e) {
            return List.of("no secrets file");
        }
        try {
            return secrets.check(user, group, password -> matches(password, response)).stream()
                    .toList();
        } finally {
            secrets.forget();
        }
    }

    private boolean matches(byte[] password, String response) {
        try {
            return ChallengeResponse.matches(ChallengeResponse.respond(digest, password, challenge), response);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }
}
