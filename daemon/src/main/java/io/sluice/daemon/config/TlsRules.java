package io.sluice.daemon.config;

/**
 * How the daemon is reached by TLS, which is an addition of Sluice's.
 *
 * @param port {@code tls port}
 * @param address {@code tls address}; empty: that of the plain port
 * @param certificate {@code tls certificate}: a PEM file, its authorities' certificates after it
 * @param key {@code tls key}: a PEM file, perhaps the same
 * @param clientAuthorities {@code tls client ca}: a PEM file of those whose certificates clients must have; empty: clients need none
 */
public record TlsRules(int port, String address, String certificate, String key, String clientAuthorities) {
    /** The port if none is set, as {@code rsync-ssl} knows it. */
    public static final int DEFAULT_PORT = 874;
}
