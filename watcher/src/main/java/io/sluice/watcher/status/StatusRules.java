package io.sluice.watcher.status;

import io.sluice.client.PasswordSource;
import io.sluice.watcher.http.Gate;
import io.sluice.watcher.http.ListenAddress;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a mirror tells how it stands, and to whom.
 *
 * @param address to listen on
 * @param token that must be shown, if there is one
 */
public record StatusRules(ListenAddress address, Optional<String> token) {
    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if they cannot be used, or let everybody look
     */
    public static StatusRules of(String address, Optional<String> token) {
        ListenAddress where = ListenAddress.parse(address)
                .orElseThrow(() -> new IllegalArgumentException(
                        "status address: " + address + " (expected: " + ListenAddress.EXPECTED + ")"));
        if (token.isPresent() && !Gate.isToken(token.get())) {
            throw new IllegalArgumentException(
                    "status token file: its first line (expected: " + Gate.TOKEN_EXPECTED + ")");
        }
        StatusRules rules = new StatusRules(where, token);
        rules.requireTokenForOthers();
        return rules;
    }

    /** The token that a file's first line is; nobody but its owner may read the file. */
    public static String readToken(Path file) throws IOException {
        return new String(PasswordSource.ofFile(file).password(""), StandardCharsets.UTF_8);
    }

    private void requireTokenForOthers() {
        try {
            if (token.isEmpty() && !address.resolve().getAddress().isLoopbackAddress()) {
                throw new IllegalArgumentException("status address: " + address
                        + " (expected: a loopback address, or a status token file too, as others can reach this one)");
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "status address: " + address + " (expected: an address of this host)", e);
        }
    }
}
