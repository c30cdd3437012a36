package io.sluice.client.transport;

import io.sluice.client.ConnectionOptions;
import io.sluice.client.Location;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A connection between two transfers: its daemon knows who we are, and waits for the next request. */
final class KeptConnection {
    private final PeerConnection peer;
    private final Key key;
    private final Versions versions;

    /**
     * What one request must have in common with the next.
     *
     * @param how the daemon was reached, without what concerns arguments
     */
    record Key(String host, int port, boolean tls, String user, String module, ConnectionOptions how) {
        static Key of(Location.Daemon daemon, String user, byte[] module, ConnectionOptions how) {
            String name = new String(module, StandardCharsets.ISO_8859_1);
            return new Key(daemon.host(), daemon.portToUse(), daemon.tls(), user, name, how.withoutArguments());
        }
    }

    /**
     * What the greetings told.
     *
     * @param theirs the newest that the daemon has
     * @param agreed the one that is used
     */
    record Versions(int theirs, ProtocolVersion agreed) {}

    /** The transfer on {@code peer} is over: nobody waits for anything, and nothing may end the connection but its time. */
    KeptConnection(PeerConnection peer, Key key, Versions versions) {
        this.peer = peer;
        this.key = key;
        this.versions = versions;
        peer.setTimeout(0);
    }

    PeerConnection peer() {
        return peer;
    }

    Key key() {
        return key;
    }

    Versions versions() {
        return versions;
    }

    /** Whether the daemon is gone, as far as we have heard. */
    boolean hasEnded() {
        return peer.in().hasEnded();
    }

    void close() {
        try {
            peer.close();
        } catch (IOException e) {
            // It is gone then, which was the aim.
        }
    }
}
