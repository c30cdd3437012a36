package io.sluice.protocol.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** TLS cannot begin, or cannot go on. */
public final class TlsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong, for those who know what to do about it. */
    public enum Kind {
        /** The other end speaks something else. */
        NOT_TLS,
        /** The other end's certificate comes from nobody whom we trust. */
        UNTRUSTED,
        /** The other end's certificate is for another host. */
        OTHER_HOST,
        /** The other end's certificate has expired, or is not valid yet. */
        OUT_OF_TIME,
        /** The other end wants a certificate of ours, or another one. */
        OUR_CERTIFICATE,
        /** The other end broke off for another reason. */
        REFUSED,
        /** The connection ended without a word. */
        CUT,
        OTHER
    }

    TlsException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
