package io.sluice.daemon.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where metrics are to be had, which is an addition of Sluice's: {@code metrics address = host:port}.
 *
 * @param host this machine alone unless another address is named
 * @param port 0: any free one
 */
public record MetricsRules(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:(?:\\[([0-9a-fA-F:.]+)\\]|([^:\\s]*)):)?([0-9]{1,5})");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    /** Parses {@code host:port}, {@code [address]:port}, {@code :port} or {@code port}; empty: it is none of these. */
    static Optional<MetricsRules> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        boolean none = host == null || host.isEmpty();
        return Optional.of(new MetricsRules(none ? LOOPBACK : host, Integer.parseInt(matcher.group(3))));
    }
}
