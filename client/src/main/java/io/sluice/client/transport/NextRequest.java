package io.sluice.client.transport;

import io.sluice.client.ConnectionOptions;
import io.sluice.protocol.options.LimitOptions;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A request on a connection that was kept: no greeting, no module and no login, just arguments and handshake, in the frames that go on. A daemon that would
 * not serve it says nothing and closes the connection; then there is nothing lost, and a new connection does it.
 */
final class NextRequest {
    /** Seconds that a daemon has to answer: one whose machine is gone since is not waited for. */
    private static final int ANSWER = 10;

    private final IdleConnections idle;
    private final Request request;

    NextRequest(IdleConnections idle, Request request) {
        this.idle = idle;
        this.request = request;
    }

    /** Sends it on a connection with {@code key}; empty if none is there, or none that is of any use. */
    Optional<Peers.Ready> send(KeptConnection.Key key, byte[] module, Consumer<PeerConnection> opened) {
        Optional<KeptConnection> kept = idle.take(key);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        PeerConnection peer = kept.get().peer();
        KeptConnection.Versions versions = kept.get().versions();
        try {
            opened.accept(peer);
            peer.setTimeout(patience());
            peer.in().holdMessages(); // what comes from here on is for the transfer that is asked for
            request.sendTo(peer, module, versions.agreed());
            Session session = request.shakeHands(peer, OptionalInt.of(versions.theirs()));
            return Optional.of(new Peers.Ready(peer, session, Keeping.in(idle, key, versions)));
        } catch (IOException e) {
            kept.get().close();
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            kept.get().close();
            throw e;
        }
    }

    private int patience() {
        ConnectionOptions how = request.options();
        LimitOptions limits = request.errand().options().limits();
        return IntStream.of(ANSWER, how.connectSeconds(), limits.timeout())
                .filter(seconds -> seconds > 0)
                .min()
                .orElse(ANSWER);
    }
}
