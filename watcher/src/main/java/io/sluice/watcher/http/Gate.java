package io.sluice.watcher.http;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may look. A server on the loopback address answers only to names of that address: a page from elsewhere whose
 * name was made to mean 127.0.0.1 (DNS rebinding) sends its own name and is sent away. Whoever has a token must show it.
 */
public final class Gate {
    /** What a token may look like: it must fit into a header, an address and a cookie, and be hard to guess. */
    public static final String TOKEN_EXPECTED = "16 to 256 letters, digits or any of . _ ~ + / = -";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,256}");
    private static final Pattern LOCAL_NAME = Pattern.compile(
            "(?:localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1\\])(?::[0-9]{1,5})?",
            Pattern.CASE_INSENSITIVE);

    private final boolean localOnly;
    private final Optional<byte[]> token;

    /**
     * A gate for a server.
     *
     * @param address that it listens on
     * @param token in the form that {@link #isToken} wants; must be there unless the address is loopback
     */
    public Gate(InetAddress address, Optional<String> token) {
        if (token.isEmpty() && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException("token: none (expected: one, as others can reach " + address + ")");
        }
        this.localOnly = address.isLoopbackAddress();
        this.token = token.map(text -> text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a text will do as a token. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** Whether a request for this host, as its header says it, is meant for us. */
    boolean isOurName(String host) {
        return !localOnly || LOCAL_NAME.matcher(host).matches();
    }

    /** Whether nobody needs a token. */
    boolean isOpen() {
        return token.isEmpty();
    }

    /** Whether this is the token; takes as long for a good guess as for a bad one. */
    boolean admits(String shown) {
        return token.map(wanted -> MessageDigest.isEqual(wanted, shown.getBytes(StandardCharsets.UTF_8)))
                .orElse(true);
    }
}
