package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.client.ConnectionOptions;
import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.tls.TlsContext;
import io.sluice.protocol.transfer.Connection;
import io.sluice.protocol.transfer.HandshakeTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Opens connections to peers that are elsewhere, up to the point where a transfer can start. */
public final class Peers {
    private static final byte[] DOT = {'.'};

    private final ConnectionOptions options;
    private final Login login;

    /**
     * What a daemon is told and tells.
     *
     * @param user for locations that name none
     * @param passwords asked if the daemon wants one
     * @param messages receives the daemon's lines of text
     * @param narration receives lines about how the peer is reached, if the options want any
     */
    public record Login(String user, PasswordSource passwords, Consumer<byte[]> messages, Consumer<byte[]> narration) {}

    public Peers(ConnectionOptions options, Login login) {
        this.options = options;
        this.login = login;
    }

    /** What the transfer is: which side we are, its options, the peer's paths, and whether a batch is written. */
    public record Errand(Side side, TransferOptions options, List<byte[]> paths, boolean forBatch) {
        public Errand {
            paths = List.copyOf(paths);
        }
    }

    /**
     * A connection that has shaken hands.
     *
     * @param sentBefore bytes that went out until then, which rsync's figures leave out
     * @param receivedBefore bytes that came in until then
     */
    public record Ready(PeerConnection peer, Connection connection, long sentBefore, long receivedBefore)
            implements AutoCloseable {
        Ready(PeerConnection peer, Session session) {
            this(peer, peer.with(session), peer.out().bytesWritten(), peer.in().bytesRead());
        }

        @Override
        public void close() throws IOException {
            peer.close();
        }
    }

    /** Connects {@code peer} for {@code errand}; {@code opened} gets the connection as soon as there is one, to be able to break it off. */
    public Ready open(Location.Remote peer, Errand errand, Consumer<PeerConnection> opened) throws IOException {
        names(errand); // what cannot be done is told before anything is started
        return switch (peer) {
            case Location.Daemon daemon -> openDaemon(daemon, errand, opened);
            case Location.Shell shell -> openShell(shell, errand, opened);
        };
    }

    /** Asks a daemon for its modules, which arrive as messages. */
    public void listModules(Location.Daemon daemon, TransferOptions transfer, Consumer<PeerConnection> opened)
            throws IOException {
        PeerConnection connection =
                PeerConnection.on(connect(daemon, transfer), transfer.limits().timeout());
        try (PeerConnection peer = connection) {
            opened.accept(peer);
            HandshakeTrace trace = handshakeTrace(transfer);
            trace.charsets(Side.RECEIVER);
            loginTo(peer, daemon, new byte[0], trace);
        } catch (TransferException e) {
            throw broken(e);
        }
    }

    private Ready openDaemon(Location.Daemon daemon, Errand errand, Consumer<PeerConnection> opened)
            throws IOException {
        byte[] first = errand.paths().getFirst();
        if (first.length > 0 && first[0] == '/') {
            throw new ClientException(
                    ExitCode.START_CLIENT, "ERROR: The remote path must start with a module name not a /");
        }
        PeerConnection peer = PeerConnection.on(
                connect(daemon, errand.options()), errand.options().limits().timeout());
        try {
            opened.accept(peer);
            byte[] module = ModulePaths.module(first);
            HandshakeTrace trace = handshakeTrace(errand.options());
            trace.charsets(errand.side());
            DaemonLogin.Result result = loginTo(peer, daemon, module, trace);
            if (result.answer() == DaemonLogin.Answer.DONE) {
                throw new ClientException(ExitCode.START_CLIENT, "rsync: the daemon ended the session");
            }
            sendArguments(peer, errand, module, result.agreed());
            OptionalInt version = OptionalInt.of(result.greeting().version());
            return new Ready(peer, shakeHands(peer, errand, version, trace));
        } catch (TransferException e) {
            TransferException explained = daemon.tls() ? peer.link().explain(e) : e;
            peer.close();
            throw broken(explained);
        } catch (IOException | RuntimeException | Error e) {
            peer.close();
            throw e;
        }
    }

    /** A connection that stands and then breaks is rsync's stream that ended, whatever the socket says about it. */
    private static TransferException broken(TransferException failure) {
        return failure.exitCode() == ExitCode.SOCKET_IO && !(failure instanceof ClientException)
                ? new TransferException(ExitCode.STREAM_IO, String.valueOf(failure.getMessage()), failure)
                : failure;
    }

    private DaemonLogin.Result loginTo(PeerConnection peer, Location.Daemon daemon, byte[] module, HandshakeTrace trace)
            throws IOException {
        DaemonLogin conversation =
                new DaemonLogin(peer.in(), peer.out(), options.version(), login.messages()).reportingTo(trace);
        String user = daemon.user().orElse(login.user());
        return conversation.login(module, new DaemonLogin.Account(user, login.passwords()), earlyInput());
    }

    private byte[] earlyInput() throws IOException {
        return options.earlyInput().isEmpty()
                ? new byte[0]
                : EarlyInput.read(options.earlyInput().get());
    }

    /** A daemon gets its paths unquoted, for there is no shell in front of it. */
    private void sendArguments(PeerConnection peer, Errand errand, byte[] module, ProtocolVersion agreed)
            throws IOException {
        boolean secluded = options.secluded();
        ServerArguments arguments = arguments(errand, secluded ? errand.paths() : List.of(), secluded);
        List<byte[]> line = new ArrayList<>(arguments.format(extras()));
        if (!secluded) {
            errand.paths()
                    .forEach(path -> line.add(options.oldArguments() > 0 ? path : ModulePaths.argument(path, module)));
        }
        trace(errand.options().reporting()).command("sending daemon args:", line);
        new DaemonLogin(peer.in(), peer.out(), options.version(), login.messages())
                .sendArguments(agreed, line, secluded ? secludedArguments(arguments, errand) : List.of());
    }

    private ServerArguments.Extras extras() {
        return new ServerArguments.Extras(options.remoteOptions(), options.oldArguments());
    }

    private ServerArguments arguments(Errand errand, List<byte[]> paths, boolean secluded) {
        String capabilities =
                options.version().hasVarInts() ? ServerArguments.capabilities(errand.side(), errand.options()) : "";
        return new ServerArguments(errand.side(), errand.options(), capabilities, secluded, paths);
    }

    private Link connect(Location.Daemon daemon, TransferOptions transfer) throws IOException {
        if (!daemon.tls()) {
            return dial(daemon, trace(transfer.reporting()));
        }
        TlsContext context = TlsLink.context(options.tls());
        HandshakeLimit limit =
                new HandshakeLimit(options.connectSeconds(), transfer.limits().timeout());
        return TlsLink.open(dial(daemon, trace(transfer.reporting())), context, daemon, limit);
    }

    private Link dial(Location.Daemon daemon, PeerTrace trace) throws IOException {
        int port = daemon.portToUse();
        if (options.remoteShell().isPresent()) {
            List<byte[]> line = shell().reach(daemon.user(), daemon.host(), program());
            line.addAll(List.of(bytes("--server"), bytes("--daemon"), DOT));
            trace.shell(options.remoteShell(), daemon, daemon.path(), line);
            trace.command("opening connection using:", line);
            return ProgramLink.piped(line, List.of(bytes("RSYNC_PORT=" + port)));
        }
        if (options.connectProgram().isPresent()) {
            String command = ConnectProgram.command(options.connectProgram().get(), daemon.host());
            trace.dialing(daemon.host(), port, command);
            return ProgramLink.connected(command);
        }
        SocketDialer.Settings settings = new SocketDialer.Settings(
                options.bindAddress(),
                options.family(),
                options.connectSeconds(),
                options.proxy(),
                options.socketOptions());
        trace.dialing(daemon.host(), port);
        return new SocketDialer(settings).reportingTo(trace).dial(daemon.host(), port);
    }

    private Ready openShell(Location.Shell host, Errand errand, Consumer<PeerConnection> opened) throws IOException {
        boolean secluded = options.secluded();
        ServerArguments arguments = arguments(errand, secluded ? errand.paths() : shellPaths(errand), secluded);
        List<byte[]> line = shell().reach(host.user(), host.host(), program());
        line.addAll(arguments.format(extras()));
        PeerTrace commands = trace(errand.options().reporting());
        commands.shell(
                options.remoteShell(),
                host,
                errand.paths().isEmpty() ? DOT : errand.paths().getFirst(),
                line);
        commands.command("opening connection using:", line);
        PeerConnection peer = PeerConnection.on(
                ProgramLink.piped(line, List.of()), errand.options().limits().timeout());
        try {
            opened.accept(peer);
            HandshakeTrace trace = handshakeTrace(errand.options());
            trace.charsets(errand.side());
            if (secluded) {
                for (byte[] argument : secludedArguments(arguments, errand)) {
                    peer.out().write(argument);
                    peer.out().writeByte(0);
                }
                peer.out().writeByte(0);
            }
            return new Ready(peer, shakeHands(peer, errand, OptionalInt.empty(), trace));
        } catch (TransferException e) {
            TransferException explained = peer.link().explain(e);
            peer.close();
            throw explained;
        } catch (IOException | RuntimeException | Error e) {
            peer.close();
            throw e;
        }
    }

    private static List<byte[]> shellPaths(Errand errand) {
        return errand.paths().stream()
                .map(path -> path.length == 0 ? DOT : path)
                .toList();
    }

    private ShellCommand shell() throws IOException {
        return ShellCommand.parse(options.remoteShell(), options.family());
    }

    private String program() {
        return options.remoteProgram().orElse("rsync");
    }

    private PeerTrace trace(ReportingOptions reporting) {
        return new PeerTrace(reporting, login.narration());
    }

    private HandshakeTrace handshakeTrace(TransferOptions transfer) {
        return HandshakeTrace.ofClient(transfer, text -> login.narration().accept(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private NameConversion names(Errand errand) throws ClientException {
        return OwnNames.of(errand.options(), options.secluded());
    }

    /** Arguments that no shell sees are converted like names. */
    private List<byte[]> secludedArguments(ServerArguments arguments, Errand errand) throws ClientException {
        NameConversion names = names(errand);
        return arguments.formatSecluded(extras()).stream().map(names::told).toList();
    }

    private Session shakeHands(PeerConnection peer, Errand errand, OptionalInt peerVersion, HandshakeTrace trace)
            throws IOException {
        Negotiation negotiation =
                new Negotiation(errand.side(), errand.options(), options.version(), names(errand), errand.forBatch());
        Session session = Handshake.asClient(peer.in(), peer.out(), negotiation.asClient(peerVersion), trace);
        trace.agreed(session);
        return session;
    }
}
