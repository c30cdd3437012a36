package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.client.ConnectionOptions;
import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.tls.TlsContext;
import io.sluice.protocol.transfer.Connection;
import io.sluice.protocol.transfer.HandshakeTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Opens connections to peers that are elsewhere, up to the point where a transfer can start. */
public final class Peers {
    private static final byte[] DOT = {'.'};

    private final ConnectionOptions options;
    private final Login login;
    private final Optional<IdleConnections> idle;

    /**
     * What a daemon is told and tells.
     *
     * @param user for locations that name none
     * @param passwords asked if the daemon wants one
     * @param messages receives the daemon's lines of text
     * @param narration receives lines about how the peer is reached, if the options want any
     */
    public record Login(String user, PasswordSource passwords, Consumer<byte[]> messages, Consumer<byte[]> narration) {}

    /** @param idle takes the connections of pushes to daemons when they are over; empty: each is closed */
    public Peers(ConnectionOptions options, Login login, Optional<IdleConnections> idle) {
        this.options = options;
        this.login = login;
        this.idle = idle;
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
    public record Ready(
            PeerConnection peer, Connection connection, long sentBefore, long receivedBefore, Keeping keeping)
            implements AutoCloseable {
        Ready(PeerConnection peer, Session session) {
            this(peer, session, Keeping.NONE);
        }

        Ready(PeerConnection peer, Session session, Keeping keeping) {
            this(
                    peer,
                    peer.with(session),
                    peer.out().bytesWritten(),
                    peer.in().bytesRead(),
                    session.reusable() ? keeping : Keeping.NONE);
        }

        /** Both ends have said good-bye: the connection may be of use to the next transfer. */
        public void transferEnded() {
            keeping.keep(peer);
        }

        /** Closes the connection, unless it is kept. */
        @Override
        public void close() throws IOException {
            if (!keeping.isKept()) {
                peer.close();
            }
        }
    }

    /** Connects {@code peer} for {@code errand}; {@code opened} gets the connection as soon as there is one, to be able to break it off. */
    public Ready open(Location.Remote peer, Errand errand, Consumer<PeerConnection> opened) throws IOException {
        var _ = OwnNames.of(
                errand.options(), options.secluded()); // what cannot be done is told before anything is started
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
        byte[] module = ModulePaths.module(first);
        Request request = request(errand, mayKeep(errand));
        if (idle.isEmpty() || !request.reusable()) {
            return begin(daemon, module, request, opened).ready(Keeping.NONE);
        }
        KeptConnection.Key key = KeptConnection.Key.of(daemon, user(daemon), module, options);
        Optional<Ready> next = new NextRequest(idle.get(), request).send(key, module, opened);
        if (next.isPresent()) {
            return next.get();
        }
        Begun begun = begin(daemon, module, request, opened);
        return begun.ready(Keeping.in(idle.get(), key, begun.versions));
    }

    /** Whether a daemon of ours might have use for the same connection again: one that is reached by TCP, for a push that needs nothing but its arguments. */
    private boolean mayKeep(Errand errand) {
        return idle.isPresent()
                && errand.side() == Side.SENDER
                && !errand.forBatch()
                && errand.options().selection().filesFrom() != FilesFrom.PEER
                && options.version().hasFarewell()
                && options.remoteShell().isEmpty()
                && options.connectProgram().isEmpty()
                && options.earlyInput().isEmpty();
    }

    /** A new connection that has shaken hands. */
    private record Begun(PeerConnection peer, Session session, KeptConnection.Versions versions) {
        Ready ready(Keeping keeping) {
            return new Ready(peer, session, keeping);
        }
    }

    private Begun begin(Location.Daemon daemon, byte[] module, Request request, Consumer<PeerConnection> opened)
            throws IOException {
        TransferOptions transfer = request.errand().options();
        PeerConnection peer =
                PeerConnection.on(connect(daemon, transfer), transfer.limits().timeout());
        try {
            opened.accept(peer);
            HandshakeTrace trace = request.handshakeTrace();
            trace.charsets(request.errand().side());
            DaemonLogin.Result result = loginTo(peer, daemon, module, trace);
            if (result.answer() == DaemonLogin.Answer.DONE) {
                throw new ClientException(ExitCode.START_CLIENT, "rsync: the daemon ended the session");
            }
            request.sendTo(peer, module, result.agreed());
            int theirs = result.greeting().version();
            Session session = request.shakeHands(peer, OptionalInt.of(theirs));
            return new Begun(peer, session, new KeptConnection.Versions(theirs, result.agreed()));
        } catch (TransferException e) {
            TransferException explained = daemon.tls() ? peer.link().explain(e) : e;
            peer.close();
            throw broken(explained);
        } catch (IOException | RuntimeException | Error e) {
            peer.close();
            throw e;
        }
    }

    private Request request(Errand errand, boolean reusable) {
        return new Request(options, errand, reusable, login.narration());
    }

    private String user(Location.Daemon daemon) {
        return daemon.user().orElse(login.user());
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
        return conversation.login(module, new DaemonLogin.Account(user(daemon), login.passwords()), earlyInput());
    }

    private byte[] earlyInput() throws IOException {
        return options.earlyInput().isEmpty()
                ? new byte[0]
                : EarlyInput.read(options.earlyInput().get());
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
        Request request = request(errand, false);
        List<byte[]> line = shell().reach(host.user(), host.host(), program());
        line.addAll(request.line(shellPaths(errand)));
        PeerTrace commands = request.trace();
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
            request.handshakeTrace().charsets(errand.side());
            if (options.secluded()) {
                for (byte[] argument : request.secluded()) {
                    peer.out().write(argument);
                    peer.out().writeByte(0);
                }
                peer.out().writeByte(0);
            }
            return new Ready(peer, request.shakeHands(peer, OptionalInt.empty()));
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
}
