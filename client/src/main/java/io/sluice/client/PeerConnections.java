package io.sluice.client;

/**
 * How peers are reached by somebody who has several, of both kinds.
 *
 * @param daemons those that are daemons
 * @param shells those behind a remote shell; {@code RSYNC_RSH} counts for them alone
 */
public record PeerConnections(ConnectionOptions daemons, ConnectionOptions shells) {
    /** Directly, and by {@code ssh}. */
    public static final PeerConnections DEFAULT =
            new PeerConnections(ConnectionOptions.DEFAULT, ConnectionOptions.DEFAULT);

    /** How this one is reached. */
    public ConnectionOptions to(Location peer) {
        return peer instanceof Location.Daemon ? daemons : shells;
    }

    /** The same, with certificates for daemons that are reached by TLS. */
    public PeerConnections withTls(TlsOptions tls) {
        return new PeerConnections(daemons.withTls(tls), shells);
    }
}
