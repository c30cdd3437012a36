package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.client.ConnectionOptions;
import io.sluice.client.transport.Peers.Errand;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.transfer.HandshakeTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a peer is asked to do: its arguments, and the handshake after them.
 *
 * @param reusable the peer is told that another request might follow on the same connection
 * @param narration receives lines about it, if the options want any
 */
record Request(ConnectionOptions options, Errand errand, boolean reusable, Consumer<byte[]> narration) {

    /** All arguments, or with {@link ConnectionOptions#secluded} the few that are no secret. */
    List<byte[]> line(List<byte[]> paths) {
        return arguments(options.secluded() ? errand.paths() : paths).format(extras());
    }

    /** Arguments that no shell sees, which are converted like names; none unless they are secluded. */
    List<byte[]> secluded() throws ClientException {
        if (!options.secluded()) {
            return List.of();
        }
        NameConversion names = names();
        return arguments(errand.paths()).formatSecluded(extras()).stream()
                .map(names::told)
                .toList();
    }

    private ServerArguments.Extras extras() {
        return new ServerArguments.Extras(options.remoteOptions(), options.oldArguments());
    }

    private ServerArguments arguments(List<byte[]> paths) {
        String letters =
                options.version().hasVarInts() ? ServerArguments.capabilities(errand.side(), errand.options()) : "";
        String all = reusable ? letters + Handshake.REUSE : letters;
        return new ServerArguments(errand.side(), errand.options(), all, options.secluded(), paths);
    }

    private NameConversion names() throws ClientException {
        return OwnNames.of(errand.options(), options.secluded());
    }

    /** Tells a daemon in whose {@code module} we are. It gets its paths unquoted, for there is no shell in front of it. */
    void sendTo(PeerConnection peer, byte[] module, ProtocolVersion agreed) throws IOException {
        List<byte[]> line = new ArrayList<>(line(List.of()));
        if (!options.secluded()) {
            errand.paths()
                    .forEach(path -> line.add(options.oldArguments() > 0 ? path : ModulePaths.argument(path, module)));
        }
        trace().command("sending daemon args:", line);
        new DaemonLogin(peer.in(), peer.out(), options.version(), text -> {}).sendArguments(agreed, line, secluded());
    }

    /**
     * Agrees with the peer on what is open.
     *
     * @param peerVersion what a daemon's greeting told
     * @throws ProtocolException if that is not possible
     */
    Session shakeHands(PeerConnection peer, OptionalInt peerVersion) throws IOException {
        HandshakeTrace trace = handshakeTrace();
        Negotiation negotiation =
                new Negotiation(errand.side(), errand.options(), options.version(), names(), errand.forBatch());
        Session session = Handshake.asClient(
                peer.in(), peer.out(), negotiation.asClient(peerVersion).reusable(reusable), trace);
        trace.agreed(session);
        return session;
    }

    PeerTrace trace() {
        return new PeerTrace(errand.options().reporting(), narration);
    }

    HandshakeTrace handshakeTrace() {
        return HandshakeTrace.ofClient(
                errand.options(), text -> narration.accept(text.getBytes(StandardCharsets.UTF_8)));
    }
}
