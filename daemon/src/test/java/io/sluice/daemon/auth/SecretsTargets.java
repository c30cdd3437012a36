package io.sluice.daemon.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.daemon.fuzz.FuzzTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A secrets file, and a user whom a peer names. */
public final class SecretsTargets {
    private SecretsTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        return List.of(new FuzzTarget(
                "secrets",
                SecretsTargets::check,
                Set.of(),
                List.of(
                        "joe\0# comment\njoe:first\r\n@staff:shared\njoe:second".getBytes(ISO_8859_1),
                        "#\0#:x\n".getBytes(ISO_8859_1),
                        "\0:x\n".getBytes(ISO_8859_1))));
    }

    private static void check(byte[] input) {
        int nul = 0;
        while (nul < input.length && input[nul] != 0) {
            nul++;
        }
        byte[] user = Arrays.copyOf(input, nul);
        SecretsFile secrets = new SecretsFile(Arrays.copyOfRange(input, Math.min(nul + 1, input.length), input.length));
        Optional<String> none = secrets.check(user, Optional.of(user), password -> false);
        if (none.isEmpty()) {
            throw new IllegalStateException("let in without a password");
        }
        secrets.forget();
    }
}
