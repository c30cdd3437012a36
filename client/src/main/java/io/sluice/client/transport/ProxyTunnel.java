package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.codec.binary.Base64;

/**
 * A tunnel that an HTTP proxy opens: {@code CONNECT host:port HTTP/1.0}.
 *
 * @param credentials {@code user:password}
 */
record ProxyTunnel(String host, int port, Optional<String> credentials) {
    /** Bytes of a request or of a line of the answer, its end included. */
    private static final int MAX_BYTES = 1023;
    /** Lines of the answer after the first; a proxy has some ten to say. */
    private static final int MAX_LINES = 256;

    /** Parses {@code [user:password@]host:port}. */
    static ProxyTunnel parse(String text) throws ClientException {
        int at = text.lastIndexOf('@');
        Optional<String> credentials = at < 0 ? Optional.empty() : Optional.of(text.substring(0, at));
        if (credentials.isPresent() && !credentials.get().contains(":")) {
            throw failure("invalid proxy specification: should be USER:PASS@HOST:PORT");
        }
        String place = text.substring(at + 1);
        int colon = place.lastIndexOf(':');
        String digits = place.substring(colon + 1);
        if (colon < 1 || !digits.matches("[0-9]{1,5}")) {
            throw failure("invalid proxy specification: should be HOST:PORT");
        }
        String bare = place.substring(0, colon).replaceAll("^\\[|]$", "");
        return new ProxyTunnel(bare, Integer.parseInt(digits), credentials);
    }

    /** Asks the proxy at the other end of {@code channel} to connect on; returns when the tunnel is open. */
    void open(SocketChannel channel, String targetHost, int targetPort) throws IOException {
        // A control character would end the line, and what follows it would be the proxy's to obey.
        if (targetHost.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw failure("invalid control character in proxy CONNECT host");
        }
        String bracketed = targetHost.indexOf(':') >= 0 ? "[" + targetHost + "]" : targetHost;
        StringBuilder request = new StringBuilder("CONNECT " + bracketed + ":" + targetPort + " HTTP/1.0\r\n");
        credentials.ifPresent(value -> request.append("Proxy-Authorization: Basic ")
                .append(Base64.encodeBase64String(value.getBytes(StandardCharsets.UTF_8)))
                .append("\r\n"));
        byte[] whole = request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        if (whole.length > MAX_BYTES) {
            throw failure("proxy CONNECT request too long");
        }
        channel.socket().getOutputStream().write(whole);
        InputStream in = channel.socket().getInputStream();
        String status = line(in, "proxy response line too long");
        if (!status.matches("HTTP/[0-9.]* +2.*")) {
            throw failure("bad response from proxy -- " + status);
        }
        int lines = 0;
        while (!line(in, "proxy response header line too long").isEmpty()) { // it says nothing to us
            if (++lines > MAX_LINES) {
                throw failure("proxy response header too long");
            }
        }
    }

    /** Reads byte by byte: what follows the header belongs to the tunnel. */
    private static String line(InputStream in, String ifTooLong) throws IOException {
        StringBuilder line = new StringBuilder();
        int count = 0;
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw failure("rsync: failed to read from proxy: unexpected end");
            }
            if (++count >= MAX_BYTES) {
                throw failure(ifTooLong);
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    private static ClientException failure(String text) {
        return new ClientException(ExitCode.SOCKET_IO, text);
    }
}
