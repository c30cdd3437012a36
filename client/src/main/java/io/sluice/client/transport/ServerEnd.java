package io.sluice.client.transport;

import io.sluice.client.command.NamedFiles;
import io.sluice.client.command.OperatorFiles;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.Connection;
import io.sluice.protocol.transfer.HandshakeTrace;
import io.sluice.protocol.transfer.ReceivingSide;
import io.sluice.protocol.transfer.SendingSide;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The end that a client talks to when it is not a daemon: the other half of a local copy, or a process that a remote shell started. */
public final class ServerEnd {
    private static final byte[] DOT = {'.'};

    private final Link link;
    private final FileTree tree;
    private final ProtocolVersion newest;
    private final Consumer<String> diagnostics;
    private boolean begun;

    /**
     * @param link to the client; the caller closes it
     * @param tree the working directory; the caller closes it
     * @param newest the newest version to use
     * @param diagnostics receives what {@code --debug} has to tell before the client can be told
     */
    public ServerEnd(Link link, FileTree tree, ProtocolVersion newest, Consumer<String> diagnostics) {
        this.link = link;
        this.tree = tree;
        this.newest = newest;
        this.diagnostics = diagnostics;
    }

    /**
     * Serves one transfer.
     *
     * @param arguments as the client sent them
     * @param seed a number that no one can guess, for checksums
     * @throws TransferException if the transfer was broken off
     */
    public TransferResult serve(ServerArguments arguments, int seed) throws IOException {
        Optional<ServerJournal> opened = ServerJournal.open(arguments);
        if (opened.isEmpty()) {
            return serve(arguments, seed, TransferListener.NONE, (session, side) -> {});
        }
        try (ServerJournal journal = opened.get()) {
            try {
                TransferResult result = serve(
                        arguments,
                        seed,
                        journal.listener(),
                        (session, side) -> journal.start(session, side, arguments.options()));
                journal.end(result);
                return result;
            } catch (IOException e) {
                journal.failed(e);
                throw e;
            }
        }
    }

    /** Whether the transfer has begun: from then on the client is told what breaks it off, as long as it can be told anything. */
    public boolean hasBegun() {
        return begun;
    }

    private TransferResult serve(
            ServerArguments arguments, int seed, TransferListener listener, BiConsumer<Session, Side> started)
            throws IOException {
        TransferOptions options = arguments.options();
        PeerConnection peer = PeerConnection.on(link, options.limits().timeout());
        Side side = arguments.clientSide() == Side.SENDER ? Side.RECEIVER : Side.SENDER;
        NameConversion names = OwnNames.of(options, arguments.secluded());
        Negotiation negotiation = new Negotiation(side, options, newest, names, false);
        HandshakeTrace trace = HandshakeTrace.ofServer(options, diagnostics);
        trace.charsets(side);
        Session session =
                Handshake.asServer(peer.in(), peer.out(), negotiation.asServer(arguments.capabilities(), seed), trace);
        trace.agreed(session);
        started.accept(session, side);
        begun = true;
        Connection connection = peer.with(session);
        List<byte[]> paths = arguments.paths().isEmpty() ? List.of(DOT) : arguments.paths();
        String who = options.preservation().privileges().copyAs();
        return CopyAs.work(
                who,
                () -> side == Side.SENDER
                        ? send(new SendingSide(connection, options, listener), arguments, paths)
                        : receive(new ReceivingSide(connection, options, listener), arguments, paths));
    }

    private TransferResult send(SendingSide side, ServerArguments arguments, List<byte[]> paths) throws IOException {
        TransferOptions options = arguments.options();
        FilterList rules = givenRules(arguments).withUnsent(cvsRules(options));
        return side.run(new SendingSide.Sources(
                tree, paths, rules, FilterList.EMPTY, names(options), WorkingDirectory.label()));
    }

    private TransferResult receive(ReceivingSide side, ServerArguments arguments, List<byte[]> paths)
            throws IOException {
        TransferOptions options = arguments.options();
        return side.run(new ReceivingSide.Destination(
                tree,
                paths.getFirst(),
                givenRules(arguments),
                FilterList.EMPTY,
                names(options),
                WorkingDirectory.label()));
    }

    /** The rules that the client gave this end by its arguments; those that it sends may stand for what CVS ignores here. */
    private static FilterList givenRules(ServerArguments arguments) throws IOException {
        TransferOptions options = arguments.options();
        OperatorFiles files = operatorFiles(options);
        return files.rules(
                arguments.rules(),
                () -> files.cvsPatterns(System.getenv()),
                options.selection().from0());
    }

    /** With {@code -C} each sender knows what CVS ignores where it is. */
    private static FilterList cvsRules(TransferOptions options) throws IOException {
        if (!options.selection().cvsExclude()) {
            return FilterList.EMPTY;
        }
        return FilterList.ofCvs(operatorFiles(options).cvsPatterns(System.getenv()));
    }

    /** The content of a {@code --files-from} list that is on this end. */
    private static List<byte[]> names(TransferOptions options) throws IOException {
        SelectionOptions selection = options.selection();
        if (selection.filesFrom() != FilesFrom.LOCAL
                || selection.filesFromPath().isEmpty()) {
            return List.of();
        }
        return operatorFiles(options).names(selection.filesFromPath(), selection.from0());
    }

    private static OperatorFiles operatorFiles(TransferOptions options) {
        NamedFiles files = new NamedFiles(options.preservation().symlinks().insecure());
        return new OperatorFiles(InputStream.nullInputStream(), files);
    }
}
