package io.sluice.daemon.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a proxy says first about the connection that it passes on, by the PROXY protocol, version 1 or 2.
 *
 * <pre>
 * PROXY TCP4 198.51.100.7 203.0.113.1 51234 873 CR LF              or TCP6; or UNKNOWN …
 * CR LF CR LF NUL CR LF QUIT LF | 2 command | family | length (2) | addresses and ports
 * </pre>
 *
 * <p>As with rsync, a version 2 header has nothing behind its addresses, and one of another family says nothing about the peer.
 *
 * @param length bytes of it
 * @param source where the connection comes from; empty: from whom it seems to come
 */
record ProxyHeader(int length, Optional<InetAddress> source) {
    /** No header is longer. */
    static final int MAX_BYTES = 232;

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int FIXED_BYTES = 16;
    private static final int MAX_LINE = 107;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int INET = 4;
    private static final int INET6 = 16;
    private static final int PORTS = 4;
    private static final int MAX_PORT = 65_535;

    /** A connection that does not begin as it has to. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * Reads a header from the first bytes of a connection; empty if more of them are needed.
     *
     * @throws MalformedException if they are no header, whatever follows
     */
    static Optional<ProxyHeader> parse(byte[] bytes) throws MalformedException {
        int known = Math.min(bytes.length, SIGNATURE.length);
        if (Arrays.equals(bytes, 0, known, SIGNATURE, 0, known)) {
            return bytes.length < FIXED_BYTES ? Optional.empty() : binary(bytes);
        }
        byte[] word = "PROXY".getBytes(StandardCharsets.US_ASCII);
        int compared = Math.min(bytes.length, word.length);
        if (!Arrays.equals(bytes, 0, compared, word, 0, compared)) {
            throw new MalformedException("no PROXY header (expected: one from each connection)");
        }
        return line(bytes);
    }

    private static Optional<ProxyHeader> binary(byte[] bytes) throws MalformedException {
        int command = bytes[12] & 0xFF;
        int family = bytes[13] & 0xFF;
        int size = (bytes[14] & 0xFF) << 8 | (bytes[15] & 0xFF);
        int whole = FIXED_BYTES + size;
        if ((command != LOCAL && command != PROXY) || whole > MAX_BYTES) {
            throw new MalformedException("PROXY header: command " + command + ", " + size + " bytes");
        }
        if (bytes.length < whole) {
            return Optional.empty();
        }
        int width = family == TCP4 ? INET : family == TCP6 ? INET6 : 0;
        if (command == LOCAL || width == 0) {
            return Optional.of(new ProxyHeader(whole, Optional.empty()));
        }
        if (size != 2 * width + PORTS) {
            throw new MalformedException("PROXY header: " + size + " bytes of addresses");
        }
        try {
            byte[] address = Arrays.copyOfRange(bytes, FIXED_BYTES, FIXED_BYTES + width);
            return Optional.of(new ProxyHeader(whole, Optional.of(InetAddress.getByAddress(address))));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address of " + width + " bytes", impossible);
        }
    }

    private static Optional<ProxyHeader> line(byte[] bytes) throws MalformedException {
        String text = new String(bytes, 0, Math.min(bytes.length, MAX_LINE), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        if (end < 0) {
            if (bytes.length >= MAX_LINE) {
                throw new MalformedException("PROXY header: no end after " + MAX_LINE + " bytes");
            }
            return Optional.empty();
        }
        if (end == 0 || text.charAt(end - 1) != '\r') {
            throw new MalformedException("PROXY header: a line without CR LF at its end");
        }
        return Optional.of(new ProxyHeader(end + 1, source(text.substring(0, end - 1))));
    }

    private static Optional<InetAddress> source(String line) throws MalformedException {
        String[] words = line.split(" ", -1);
        if (words.length >= 2 && words[1].startsWith("UNKNOWN")) {
            return Optional.empty();
        }
        boolean known = words.length == 6 && (words[1].equals("TCP4") || words[1].equals("TCP6"));
        if (!known || !isPort(words[4]) || !isPort(words[5])) {
            throw new MalformedException("PROXY header: " + line);
        }
        try {
            InetAddress source = InetAddress.ofLiteral(words[2]);
            InetAddress.ofLiteral(words[3]);
            return Optional.of(source);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("PROXY header: " + line);
        }
    }

    private static boolean isPort(String word) {
        boolean digits = !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Integer.parseInt(word) >= 1 && Integer.parseInt(word) <= MAX_PORT;
    }
}
