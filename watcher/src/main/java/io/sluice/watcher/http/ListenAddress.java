package io.sluice.watcher.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param host a name or an address; this machine alone unless another is given
 * @param port 0: any free one
 */
public record ListenAddress(String host, int port) {
    /** What {@link #parse} takes, for messages. */
    public static final String EXPECTED = "[host:]port, such as 8730, 127.0.0.1:8730 or [::1]:8730";

    private static final Pattern FORM =
            Pattern.compile("(?:(?:\\[([0-9a-fA-F:.]+)\\]|([^:\\s\\[\\]]*)):)?([0-9]{1,5})");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    /** Parses {@code host:port}, {@code [address]:port}, {@code :port} or {@code port}; empty: it is none of these. */
    public static Optional<ListenAddress> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        boolean none = host == null || host.isEmpty();
        return Optional.of(new ListenAddress(none ? LOOPBACK : host, Integer.parseInt(matcher.group(3))));
    }

    /**
     * The address to bind.
     *
     * @throws UnknownHostException if the host has none
     */
    public InetSocketAddress resolve() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
