package io.sluice.protocol.tls;

import io.sluice.protocol.tls.TlsException.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Tells what a failure of the JDK's TLS is about, which has it in its causes or its text alone. */
public final class TlsFailure {
    private static final Pattern ALERT = Pattern.compile("Received (?:fatal )?alert: (\\w+)");
    private static final Pattern OWN_ALERT = Pattern.compile("^\\(\\w+\\) ");
    /** What a peer answers that does not like our certificate, or misses one (RFC 8446, 6.2). */
    private static final Set<String> ABOUT_CERTIFICATES = Set.of(
            "certificate_required",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied");

    private TlsFailure() {}

    /** Returns {@code failure} in words. */
    public static TlsException of(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedException untrusted) {
                return new TlsException(untrusted.kind(), String.valueOf(untrusted.getMessage()), failure);
            }
        }
        String text = String.valueOf(failure.getMessage());
        Matcher alert = ALERT.matcher(text);
        if (alert.find()) {
            String name = alert.group(1).toLowerCase(Locale.ROOT);
            Kind kind = ABOUT_CERTIFICATES.contains(name) ? Kind.OUR_CERTIFICATE : Kind.REFUSED;
            return new TlsException(kind, "the other end broke off: " + name, failure);
        }
        return new TlsException(Kind.OTHER, OWN_ALERT.matcher(text).replaceFirst(""), failure);
    }
}
