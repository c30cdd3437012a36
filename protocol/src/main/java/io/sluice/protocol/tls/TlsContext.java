package io.sluice.protocol.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the engines of connections that have certificates and trust in common. Thread-safe. */
public final class TlsContext {
    private static final String NEWEST = "TLSv1.3";
    /** For tunnels in front of daemons that know nothing newer; only with keys that do not outlive the connection, and sealed records. */
    private static final String OLDEST_AS_CLIENT = "TLSv1.2";

    private final SSLContext context;
    private final boolean clientsHaveCertificates;

    private TlsContext(@Nullable TlsIdentity identity, @Nullable TlsTrust trust) throws IOException {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    identity == null ? new KeyManager[0] : new KeyManager[] {new IdentityKeyManager(identity)},
                    trust == null ? new TrustManager[0] : new TrustManager[] {trust},
                    null);
            clientsHaveCertificates = trust != null;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS of the Java runtime: " + e.getMessage(), e);
        }
    }

    /** For clients: {@code identity} is shown to a server that asks. */
    public static TlsContext ofClient(Optional<TlsIdentity> identity, TlsTrust trust) throws IOException {
        return new TlsContext(identity.orElse(null), trust);
    }

    /** For servers: {@code clients} says whose certificates clients must have; empty: they need none. */
    public static TlsContext ofServer(TlsIdentity identity, Optional<TlsTrust> clients) throws IOException {
        return new TlsContext(identity, clients.orElse(null));
    }

    /** Makes a client's engine: TLS 1.3 or 1.2, for a server whose certificate has the name or address {@code host}. */
    public SSLEngine clientEngine(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {NEWEST, OLDEST_AS_CLIENT});
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(TlsContext::isSound)
                .toArray(String[]::new));
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818 and 6125: names, wildcards, addresses
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static boolean isSound(String suite) {
        boolean sealed = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
        return sealed && (!suite.contains("_WITH_") || suite.startsWith("TLS_ECDHE_"));
    }

    /** Makes a server's engine: TLS 1.3. */
    public SSLEngine serverEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {NEWEST});
        parameters.setNeedClientAuth(clientsHaveCertificates);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
