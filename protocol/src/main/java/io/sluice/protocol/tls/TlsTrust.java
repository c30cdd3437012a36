package io.sluice.protocol.tls;

import io.sluice.protocol.tls.TlsException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates count. The JDK decides; this says why it refuses, and refuses what has expired even if it is listed itself. */
public final class TlsTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;

    private TlsTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    /**
     * Those of a PEM file, and all who have their certificates from them.
     *
     * @param authorities a path
     * @throws io.sluice.protocol.TransferException with code 1 if it cannot be read
     */
    public static TlsTrust read(byte[] authorities) throws IOException {
        return of(PemFile.read(authorities, false).certificates());
    }

    static TlsTrust of(List<X509Certificate> authorities) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return of(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates of authorities: " + e.getMessage(), e);
        }
    }

    /** The authorities that the Java runtime trusts. */
    public static TlsTrust ofRuntime() throws IOException {
        try {
            return of((KeyStore) null);
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates of the Java runtime: " + e.getMessage(), e);
        }
    }

    private static TlsTrust of(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager judge) {
                return new TlsTrust(judge);
            }
        }
        throw new IllegalStateException("the Java runtime has no trust manager for X.509");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        try {
            chain[0].checkValidity();
            judge.checkServerTrusted(chain, kind, engine);
        } catch (CertificateException e) {
            throw explained(e, chain[0]);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        try {
            chain[0].checkValidity();
            judge.checkClientTrusted(chain, kind, engine);
        } catch (CertificateException e) {
            throw explained(e, chain[0]);
        }
    }

    private static UntrustedException explained(CertificateException refusal, X509Certificate refused) {
        String name = "the certificate " + CertificateNames.subject(refused);
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            Enum<?> reason =
                    cause instanceof CertPathValidatorException broken && broken.getReason() instanceof Enum<?> known
                            ? known
                            : null;
            if (cause instanceof CertificateExpiredException || reason == BasicReason.EXPIRED) {
                return new UntrustedException(
                        Kind.OUT_OF_TIME,
                        name + " expired: " + refused.getNotAfter().toInstant(),
                        refusal);
            }
            if (cause instanceof CertificateNotYetValidException || reason == BasicReason.NOT_YET_VALID) {
                return new UntrustedException(
                        Kind.OUT_OF_TIME,
                        name + " is not valid before " + refused.getNotBefore().toInstant(),
                        refusal);
            }
            if (cause instanceof CertPathBuilderException) {
                String issuer = refused.getIssuerX500Principal().getName();
                return new UntrustedException(
                        Kind.UNTRUSTED, name + " comes from an authority that is not trusted: " + issuer, refusal);
            }
            if (reason != null) {
                return new UntrustedException(
                        Kind.UNTRUSTED, name + " is not accepted: " + cause.getMessage(), refusal);
            }
        }
        boolean named =
                refusal.getCause() == null && !CertificateNames.hosts(refused).isEmpty();
        return named
                ? new UntrustedException(
                        Kind.OTHER_HOST,
                        name + " is for " + String.join(", ", CertificateNames.hosts(refused)),
                        refusal)
                : new UntrustedException(Kind.UNTRUSTED, name + " is not accepted: " + refusal.getMessage(), refusal);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        throw new CertificateException("TLS on a socket (expected: on an engine)");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        throw new CertificateException("TLS on a socket (expected: on an engine)");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("TLS without a host to check (expected: on an engine)");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("TLS without a host to check (expected: on an engine)");
    }
}
