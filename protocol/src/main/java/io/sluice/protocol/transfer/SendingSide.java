package io.sluice.protocol.transfer;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.FileListScanner;
import io.sluice.protocol.filelist.FileListWriter;
import io.sluice.protocol.filelist.IdNames;
import io.sluice.protocol.filelist.LinkWitness;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.FileHandling;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.LinkMunging;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.filter.RuleExchange;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.SymlinkOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Runs the sending side of one transfer on the calling thread, client's or server's end: multiplexing, filter list, file list, {@link Sender}, final
 * handshake. A server's notices go to the peer as messages besides the listener.
 */
public final class SendingSide {
    private final Connection connection;
    private final Session session;
    private final TransferOptions options;
    private final TransferListener listener;
    private final IdNames names;
    private PublishGate gate = PublishGate.OPEN;
    private LinkWitness linked = LinkWitness.NONE;
    private SharedEncodings shared = SharedEncodings.NONE;

    /** Users and groups have the system's names. */
    public SendingSide(Connection connection, TransferOptions options, TransferListener listener) {
        this(connection, options, listener, IdNames.SYSTEM);
    }

    /** With other names of users and groups. */
    public SendingSide(Connection connection, TransferOptions options, TransferListener listener, IdNames names) {
        this.connection = connection.atLevel(options.algorithms().compressLevel());
        this.session = this.connection.session();
        this.options = VersionLimits.settled(session, options);
        this.listener = listener;
        this.names = names;
    }

    /** Lets {@code value} decide when the receiver publishes what it has. */
    public SendingSide publishing(PublishGate value) {
        gate = value;
        return this;
    }

    /** Lets {@code value} hear of files with several names. */
    public SendingSide showingLinks(LinkWitness value) {
        linked = value;
        return this;
    }

    /** Lets sessions that have {@code value}, too, share what they encode. */
    public SendingSide sharing(SharedEncodings value) {
        shared = value;
        return this;
    }

    /**
     * What is to be sent.
     *
     * @param tree what the sources are relative to
     * @param sources names as given, trailing slashes kept
     * @param filters this end's own rules (client: the user's; they are sent to a deleting peer); a server's stand behind the client's, which come from the wire
     * @param daemonFilters a module's rules, empty elsewhere
     * @param filesFrom the names of a local {@code --files-from} list, each without terminator; empty unless the options say LOCAL
     * @param label how the tree's paths are shown in messages
     */
    public record Sources(
            FileTree tree,
            List<byte[]> sources,
            FilterList filters,
            FilterList daemonFilters,
            Iterable<byte[]> filesFrom,
            PathLabel label) {
        public Sources {
            sources = List.copyOf(sources);
        }

        /** With paths shown as they are. */
        public Sources(
                FileTree tree,
                List<byte[]> sources,
                FilterList filters,
                FilterList daemonFilters,
                Iterable<byte[]> filesFrom) {
            this(tree, sources, filters, daemonFilters, filesFrom, PathLabel.NONE);
        }
    }

    /**
     * Runs the transfer to its end; the caller closes the connection. If the transfer is broken off, the connection is closed here.
     *
     * @throws TransferException if the transfer was broken off, with a message that was not yet a notice, unless it is a {@link PeerExitException};
     *     partial failures are in the result
     */
    public TransferResult run(Sources sources) throws IOException {
        Outcome outcome = new Outcome();
        SideConnection side = new SideConnection(connection, options, listener);
        Notices notices = new Notices(side.voice(outcome), "sender", sources.label());
        try {
            SideReports reports = new SideReports(
                    listener, notices, outcome, new Statistics(new FileList(session.incrementalRecursion())));
            VersionLimits.check(session, options);
            try (SourceRemover remover =
                    new SourceRemover(options, reports.statistics().list(), notices.as("sender"))) {
                PeerMessages messages = side.messages(outcome, index -> {}, remover);
                side.open(messages);
                return transfer(sources, reports, remover, new Opening(side, messages));
            }
        } catch (IOException | RuntimeException | Error e) { // whatever it is: the peer must not wait for ever
            TransferException cause = TransferException.of(e);
            new Farewell(connection, "sender", listener).leave(cause, connection.in()::drain);
            throw cause;
        }
    }

    /** How the connection is brought into its state, which may take until the names that the peer sends are here. */
    private record Opening(SideConnection side, PeerMessages messages) {}

    private TransferResult transfer(Sources sources, SideReports reports, SourceRemover remover, Opening opening)
            throws IOException {
        FilterList filters = exchangeFilters(sources.filters(), opening.side(), reports.notices());
        opening.side().beginBatch();
        FilterScope scope = new FilterScope(
                filters,
                sources.daemonFilters(),
                Side.SENDER,
                options.deletion().excluded());
        scope.rootedAt(sources.label().absolute(new byte[0]));
        FilterVoice.open(scope, reports.notices(), options.selection());
        DebugVoice debug = new DebugVoice(reports.notices(), options.reporting());
        FilterTrace.attach(scope, debug);
        if (session.server()) {
            new SenderTrace(debug, source -> new byte[0]).serving();
        }
        ScanVoice voice = new ScanVoice(listener, reports.notices());
        SymlinkOptions links = options.preservation().symlinks();
        FileHandling handling = new FileHandling(
                options.preservation().privileges().fakeSuper(),
                options.preservation().keepsAccessTimesOfSources(),
                options.selection().copyDevices());
        try (FileTree treated = LinkTreatment.apply(sources.tree(), links, LinkMunging.SENDING);
                FileTree tree = treated.handling(handling);
                FileListScanner scanner = new FileListScanner(tree, session, options, scope, voice, voice.label())) {
            scanner.reportTo(linked);
            remover.begin(scanner);
            send(sources, scanner, reports, opening);
            remover.close();
            reports.outcome().add(scanner.ioError());
        }
        return finish(reports);
    }

    private void send(Sources sources, FileListScanner scanner, SideReports reports, Opening opening)
            throws IOException {
        DebugVoice debug = new DebugVoice(reports.notices(), options.reporting());
        ListTrace trace = new ListTrace(
                debug,
                ListedEntry.ofSender(options.preservation(), scanner::sourceDirectory, session.incrementalRecursion()));
        trace.attach(scanner::reportTo);
        FileList list = reports.statistics().list();
        FileListWriter writer = new FileListWriter(session, options, connection.out(), names);
        trace.attachTo(writer::reportTo);
        IndexWriter indexes = new IndexWriter(connection.out(), session.version());
        ListFeed feed = new ListFeed(
                new ListFeed.Parts(scanner, list, writer),
                connection.out(),
                indexes,
                new ListFeed.Reports(listener, reports.statistics(), trace),
                options.deletion().ignoreErrors(),
                session.safeFileList());
        long began = System.nanoTime();
        Segment first = scan(sources, scanner, list);
        opening.side().namesEnd(opening.messages());
        reports.statistics().listBuildMillis = Math.max(1, (System.nanoTime() - began) / 1_000_000);
        // What the scan had to say goes first: a client ends as soon as it has an empty list.
        connection.out().flush();
        feed.start(first, session.incrementalRecursion());
        if (!session.server()) {
            trace.allSent();
        }
        if (first.size() > 0 || !session.server()) {
            Sender.Source source = new Sender.Source(scanner, list, feed, indexes, gate, shared);
            try (Sender sender = new Sender(connection, options, reports, source)) {
                sender.run();
            }
        }
    }

    private FilterList exchangeFilters(FilterList own, SideConnection side, Notices notices) throws IOException {
        DeletionOptions deletion = options.deletion();
        boolean deleting = deletion.mode() != DeletionOptions.Mode.NONE
                || options.selection().pruneEmptyDirs();
        RuleExchange exchange = new RuleExchange(deleting, deletion.excluded(), deletion.local());
        if (session.server()) {
            FilterList sent = own.receive(side.rules(), session, exchange);
            tellRules(sent, notices);
            return own.with(sent);
        }
        own.send(connection.out(), session, exchange);
        return own;
    }

    /** The two ends of a local copy have the same. */
    private void tellRules(FilterList received, Notices notices) {
        if (!options.deletion().local()) {
            FilterTrace.received(received, new DebugVoice(notices, options.reporting()));
        }
    }

    private Segment scan(Sources sources, FileListScanner scanner, FileList list) throws IOException {
        byte[] base = sources.sources().isEmpty()
                ? new byte[] {'.'}
                : sources.sources().getFirst();
        try {
            return switch (options.selection().filesFrom()) {
                case NONE -> scanner.scanArguments(list, sources.sources());
                case LOCAL -> scanner.scanNames(list, base, sources.filesFrom());
                case PEER -> scanner.scanNames(list, base, new PeerNames(connection.in(), session.names()));
            };
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private TransferResult finish(SideReports reports) throws IOException {
        connection.out().flush();
        TransferStatistics figures = reports.statistics()
                .sum(new Statistics.Traffic(
                        connection.out().bytesWritten(), connection.in().bytesRead()));
        listener.finished(figures);
        return new TransferResult(reports.outcome().exitCode(), figures);
    }
}
