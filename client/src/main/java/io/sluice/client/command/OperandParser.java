package io.sluice.client.command;

import io.sluice.client.Location;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an operand means: {@code rsync://[user@]host[:port]/path} or {@code rsyncs://…}, {@code [user@]host::path}, {@code [user@]host:path}, else a local path. A
 * slash before the first colon makes it local; an IPv6 address stands in brackets. Operands have one character per byte.
 */
public final class OperandParser {
    private static final String PLAIN = "rsync://";
    private static final String TLS = "rsyncs://";

    private OperandParser() {}

    /** What stands before the path: {@code next} is where that begins. */
    private record HostPart(String user, String host, int port, int next) {}

    /** Tells where an operand is; anything means something. */
    public static Location parse(String operand) {
        String lower = operand.toLowerCase(Locale.ROOT);
        boolean tls = lower.startsWith(TLS);
        if (tls || lower.startsWith(PLAIN)) {
            String rest = operand.substring(tls ? TLS.length() : PLAIN.length());
            HostPart part = url(rest);
            if (part != null) {
                byte[] path = ByteText.bytes(rest.substring(part.next()));
                return new Location.Daemon(user(part), part.host(), part.port(), path, tls);
            }
        }
        HostPart part = hostAndColon(operand);
        if (part == null) {
            return new Location.Local(ByteText.bytes(operand));
        }
        String path = operand.substring(part.next());
        return path.startsWith(":")
                ? new Location.Daemon(user(part), part.host(), 0, ByteText.bytes(path.substring(1)))
                : new Location.Shell(user(part), part.host(), ByteText.bytes(path));
    }

    /** The part of a URL after its scheme; null if the host or port makes no sense. */
    private static @Nullable HostPart url(String text) {
        HostPart part = host(text);
        if (part == null || part.next() >= text.length()) {
            return part;
        }
        if (text.charAt(part.next()) == '/') {
            return new HostPart(part.user(), part.host(), 0, part.next() + 1);
        }
        int digits = part.next() + 1;
        int end = digits;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        if (end - digits > 5 || (end < text.length() && text.charAt(end) != '/')) {
            return null;
        }
        int port = end > digits ? Integer.parseInt(text.substring(digits, end)) : 0;
        return new HostPart(part.user(), part.host(), port, Math.min(end + 1, text.length()));
    }

    /** {@code [user@]host:}; null if there is no colon, or a slash before it. */
    private static @Nullable HostPart hostAndColon(String text) {
        HostPart part = host(text);
        if (part == null || part.next() >= text.length() || text.charAt(part.next()) == '/') {
            return null;
        }
        return new HostPart(part.user(), part.host(), 0, part.next() + 1);
    }

    /** {@code [user@]host}, up to the colon or slash after it or the end. */
    private static @Nullable HostPart host(String text) {
        int hostAt = 0;
        int at = 0;
        while (at < text.length() && text.charAt(at) != ':' && text.charAt(at) != '/') {
            if (text.charAt(at) == '@') {
                hostAt = at + 1;
            } else if (text.charAt(at) == '[') {
                return at == hostAt ? literal(text, hostAt) : null;
            }
            at++;
        }
        return new HostPart(text.substring(0, hostAt), text.substring(hostAt, at), 0, at);
    }

    private static @Nullable HostPart literal(String text, int hostAt) {
        int close = text.indexOf(']', hostAt);
        int slash = text.indexOf('/', hostAt);
        boolean closed = close > hostAt + 1 && (slash < 0 || slash > close);
        boolean ends = closed && (close + 1 == text.length() || ":/".indexOf(text.charAt(close + 1)) >= 0);
        return ends ? new HostPart(text.substring(0, hostAt), text.substring(hostAt + 1, close), 0, close + 1) : null;
    }

    private static Optional<String> user(HostPart part) {
        String user = part.user();
        return user.isEmpty() ? Optional.empty() : Optional.of(user.substring(0, user.length() - 1));
    }
}
