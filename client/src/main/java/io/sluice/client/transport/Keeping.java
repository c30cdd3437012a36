package io.sluice.client.transport;

import java.util.Optional;

/** Where a connection goes when its transfer has ended in order: to those that are kept, if both ends agreed on that. */
final class Keeping {
    /** To its end. */
    static final Keeping NONE = new Keeping(Optional.empty());

    private final Optional<Place> place;
    private boolean kept;

    private record Place(IdleConnections idle, KeptConnection.Key key, KeptConnection.Versions versions) {}

    private Keeping(Optional<Place> place) {
        this.place = place;
    }

    static Keeping in(IdleConnections idle, KeptConnection.Key key, KeptConnection.Versions versions) {
        return new Keeping(Optional.of(new Place(idle, key, versions)));
    }

    /** The transfer on {@code peer} has ended in order. */
    void keep(PeerConnection peer) {
        place.ifPresent(there -> {
            kept = true;
            there.idle.put(new KeptConnection(peer, there.key, there.versions));
        });
    }

    /** Whether the connection is no longer the transfer's. */
    boolean isKept() {
        return kept;
    }
}
