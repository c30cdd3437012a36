package io.sluice.client.transport;

import io.sluice.client.ConnectionOptions;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.PrivilegeOptions;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.HandshakeTrace;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The other side of a transfer within this process, on a thread of its own. */
public final class LocalPeer implements AutoCloseable {
    private static final byte[] DOT = {'.'};

    private final ProtocolVersion version;
    private final HandshakeTrace trace;
    private final Thread thread;
    private final PeerConnection peer;
    /** Until it is known better. */
    private volatile ExitCode exitCode = ExitCode.CRASHED;

    private LocalPeer(
            ProtocolVersion version, HandshakeTrace trace, Link[] ends, ServerArguments arguments, FileTree tree) {
        this.version = version;
        this.trace = trace;
        this.peer = PeerConnection.on(ends[0], 0);
        this.thread = Thread.ofPlatform().name("local-peer").unstarted(() -> serve(ends[1], arguments, tree));
    }

    /** Local copies are whole files unless delta transfer was asked for, or only what files have grown by is copied. */
    public static TransferOptions localOptions(TransferOptions options) {
        Choice unset = options.placement().append() == Append.NO ? Choice.YES : Choice.NO;
        return options.edit(draft -> {
            draft.local = true;
            draft.wholeFile = draft.wholeFile == Choice.UNSET ? unset : draft.wholeFile;
        });
    }

    /**
     * Starts the other side.
     *
     * @param errand what we are, the options (see {@link #localOptions}), and the other side's paths
     * @param connection the newest version to use, and what the other side is told besides
     * @param tree what those paths are relative to; closed when the other side has ended
     * @param narration receives lines about what is started, if the options want any
     */
    public static LocalPeer start(
            Peers.Errand errand, ConnectionOptions connection, FileTree tree, Consumer<byte[]> narration)
            throws IOException {
        new PeerTrace(errand.options().reporting(), narration)
                .local(errand.side() == Side.SENDER ? errand.paths().getFirst() : DOT);
        Link[] ends = Pipe.pair();
        String capabilities = ServerArguments.capabilities(errand.side(), errand.options());
        ServerArguments.Extras extras = new ServerArguments.Extras(connection.remoteOptions(), 0);
        List<byte[]> sent = new ServerArguments(errand.side(), errand.options(), capabilities, false, List.of())
                .formatOptions(extras);
        ServerArguments parsed = ServerArguments.parse(sent, List.of());
        ServerArguments arguments = new ServerArguments(
                parsed.clientSide(),
                errand.forBatch()
                        ? unsent(parsed.options(), errand.options())
                        : localOptions(unsent(parsed.options(), errand.options())),
                parsed.capabilities(),
                false,
                errand.paths(),
                parsed.log(),
                parsed.rules());
        OwnNames.of(arguments.options(), false); // better told now than by an end that nobody listens to
        HandshakeTrace trace = HandshakeTrace.ofClient(
                errand.options(), text -> narration.accept(text.getBytes(StandardCharsets.UTF_8)));
        trace.charsets(errand.side());
        LocalPeer local = new LocalPeer(connection.version(), trace, ends, arguments, tree);
        local.thread.start();
        return local;
    }

    /** Options that are never sent hold for this other side all the same, unless it was told something else. */
    private static TransferOptions unsent(TransferOptions parsed, TransferOptions ours) {
        PrivilegeOptions privileges = ours.preservation().privileges();
        return parsed.with(ours.reporting()).edit(draft -> {
            draft.detectRenamed |= ours.placement().basis().renamed();
            draft.insecureLinks |= ours.preservation().symlinks().insecure();
            draft.dropDevices |= ours.preservation().dropDevices();
            if (draft.wholeFile == Choice.UNSET) {
                draft.wholeFile = ours.placement().wholeFile();
            }
            if (draft.superUser == Choice.UNSET) {
                draft.superUser = privileges.superUser();
                draft.fakeSuper |= privileges.fakeSuper();
            }
            if (draft.copyAs.isEmpty()) {
                draft.copyAs = privileges.copyAs();
            }
        });
    }

    /** Shakes hands with it. */
    public Peers.Ready shakeHands(Peers.Errand errand, Consumer<PeerConnection> opened) throws IOException {
        opened.accept(peer);
        Negotiation negotiation = new Negotiation(
                errand.side(), errand.options(), version, OwnNames.of(errand.options(), false), errand.forBatch());
        Session session = Handshake.asClient(peer.in(), peer.out(), negotiation.asClient(OptionalInt.empty()), trace);
        trace.agreed(session);
        return new Peers.Ready(peer, session);
    }

    /** Waits for the other side to end, and returns the code it ended with: failures of single files, as what broke it off was told to us. */
    public ExitCode await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return exitCode;
    }

    /** Breaks the link, if it still stands, and waits for the other side to end. */
    @Override
    public void close() throws IOException {
        peer.close();
        await();
    }

    private void serve(Link link, ServerArguments arguments, FileTree tree) {
        try (link;
                tree) {
            TransferResult result =
                    new ServerEnd(link, tree, version, System.err::println).serve(arguments, (int) System.nanoTime());
            exitCode = result.exitCode();
        } catch (IOException e) {
            exitCode = e instanceof TransferException known ? known.exitCode() : ExitCode.FILE_IO;
        } catch (RuntimeException | Error e) {
            exitCode = ExitCode.CRASHED;
            System.err.println("rsync: the other side of a local copy failed: " + e);
        }
    }
}
