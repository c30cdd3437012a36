package io.sluice.protocol.tls;

import java.security.cert.CertificateException;

/** A peer's certificate that is not accepted: the message says which, and why. */
final class UntrustedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final TlsException.Kind kind;

    /** @param cause what the JDK found, of which it makes the alert that the peer gets */
    UntrustedException(TlsException.Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    TlsException.Kind kind() {
        return kind;
    }
}
