package io.sluice.daemon.net;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.access.Peer;
import io.sluice.daemon.auth.Authentication;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.module.Farewell;
import io.sluice.daemon.module.RefusedException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import io.sluice.protocol.session.Greeting;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How a client shows that it is a user of a module: a digest that both know, a challenge, and the answer. Refusals are rsync's, on the wire and in the log. */
final class Login {
    private static final int CHALLENGE_BYTES = 32;

    private final ModuleConfiguration module;
    private final Peer peer;
    private final DigestType digest;
    private final String challenge;

    /**
     * Chooses a digest, and makes up a challenge.
     *
     * @param random unpredictable
     * @throws RefusedException if the peer knows no digest that is good enough
     */
    Login(ModuleConfiguration module, Peer peer, Greeting greeting, RandomGenerator random) throws RefusedException {
        this.module = module;
        this.peer = peer;
        digest = digest(greeting);
        byte[] bytes = new byte[CHALLENGE_BYTES];
        random.nextBytes(bytes);
        challenge = ChallengeResponse.challenge(digest, peer.addressText(), bytes);
    }

    private DigestType digest(Greeting greeting) throws RefusedException {
        DigestType chosen;
        try {
            chosen = greeting.negotiateDigest();
        } catch (ProtocolException e) {
            String ours = String.join(" ", Greeting.ours(ProtocolVersion.NEWEST).digests());
            throw new RefusedException(
                    "your client does not support one of our daemon-auth checksums: " + ours,
                    Farewell.line(ExitCode.UNSUPPORTED, false));
        }
        requireStrength(chosen);
        return chosen;
    }

    private void requireStrength(DigestType chosen) throws RefusedException {
        String required = module.authentication().weakestDigest();
        if (required.isEmpty()) {
            return;
        }
        Optional<DigestType> weakest = DigestType.named().stream()
                .filter(type -> type.wireName().equalsIgnoreCase(required))
                .findFirst();
        if (weakest.isEmpty()) {
            throw refused("the configured 'auth digest = " + required + "' is not a supported digest on this build");
        }
        DigestType rank = chosen == DigestType.MD4_SEEDED ? DigestType.MD4 : chosen;
        if (rank.compareTo(weakest.get()) > 0) {
            throw refused("negotiated auth digest " + rank.wireName() + " is weaker than the required 'auth digest = "
                    + required + "'");
        }
    }

    /** What the client is asked. */
    String challenge() {
        return challenge;
    }

    /**
     * Takes the client's answer, {@code user response}.
     *
     * @return whether it is right
     * @throws RefusedException if that is no answer
     */
    Authentication.Outcome check(byte[] line, Accounts accounts) throws RefusedException {
        int space = space(line);
        if (space < 0) {
            throw refused("invalid challenge response");
        }
        byte[] user = Arrays.copyOf(line, space);
        String response = new String(line, space + 1, line.length - space - 1, StandardCharsets.ISO_8859_1);
        return new Authentication(module.authentication(), digest, challenge).check(user, response, accounts);
    }

    private static int space(byte[] line) {
        int at = 0;
        while (at < line.length && line[at] != ' ') {
            at++;
        }
        return at < line.length ? at : -1;
    }

    private RefusedException refused(String reason) {
        return refused(module, peer, (": " + reason).getBytes(StandardCharsets.UTF_8));
    }

    /** A refusal for {@code reason}, which only the log tells. */
    static RefusedException refused(ModuleConfiguration module, Peer peer, byte[] reason) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        String what = "auth failed on module " + module.name();
        line.writeBytes((what + " from " + peer.describe()).getBytes(StandardCharsets.UTF_8));
        line.writeBytes(reason);
        return new RefusedException(what, line.toByteArray());
    }
}
