package io.sluice.protocol.transfer;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.FileListReader;
import io.sluice.protocol.filelist.IdNames;
import io.sluice.protocol.filelist.NameCheck;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.FileHandling;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.LinkMunging;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.filter.RuleExchange;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the receiving side of one transfer, client's or server's end: {@link Generator} on the calling thread, {@link Receiver} on one it starts from
 * there (so that it inherits the calling thread's identity).
 */
public final class ReceivingSide {
    private final Connection connection;
    private final Session session;
    private final TransferOptions options;
    private final TransferListener listener;
    private final IdNames names;
    private @Nullable NameCheck check;

    /** Users and groups have the system's names. */
    public ReceivingSide(Connection connection, TransferOptions options, TransferListener listener) {
        this(connection, options, listener, IdNames.SYSTEM);
    }

    /** With other names of users and groups. */
    public ReceivingSide(Connection connection, TransferOptions options, TransferListener listener, IdNames names) {
        this.connection = connection.atLevel(options.algorithms().compressLevel());
        this.session = this.connection.session();
        this.options = VersionLimits.settled(session, options);
        this.listener = listener;
        this.names = names;
    }

    /** Lets {@code other} judge each name that the sender lists; returns this. */
    public ReceivingSide checkingNames(NameCheck other) {
        check = other;
        return this;
    }

    /**
     * Where it goes.
     *
     * @param tree what the path is relative to
     * @param path the destination as given, trailing slash kept; created as rsync does (one level), or a file name if a single file comes
     * @param filters this end's own rules; a client sends them, a server gets the client's from the wire
     * @param daemonFilters a module's rules, empty elsewhere
     * @param filesFrom the content of a {@code --files-from} list that is ours while the sender needs it, each name without terminator; else empty
     * @param label how the tree's paths are shown in messages
     */
    public record Destination(
            FileTree tree,
            byte[] path,
            FilterList filters,
            FilterList daemonFilters,
            Iterable<byte[]> filesFrom,
            PathLabel label) {
        /** With paths shown as they are. */
        public Destination(
                FileTree tree, byte[] path, FilterList filters, FilterList daemonFilters, Iterable<byte[]> filesFrom) {
            this(tree, path, filters, daemonFilters, filesFrom, PathLabel.NONE);
        }
    }

    /**
     * Runs the transfer to its end; the caller closes the connection. If the transfer is broken off, the connection is closed here.
     *
     * @throws TransferException if the transfer was broken off, with a message that was not yet a notice, unless it is a {@link PeerExitException};
     *     partial failures are in the result
     */
    public TransferResult run(Destination destination) throws IOException {
        Outcome outcome = new Outcome();
        Mailbox mailbox = new Mailbox();
        Farewell farewell = new Farewell(connection, "Receiver", listener);
        SideConnection side = new SideConnection(connection, options, listener);
        Notices notices = new Notices(side.voice(outcome), "Receiver", destination.label());
        SideReports reports = new SideReports(
                listener, notices, outcome, new Statistics(new FileList(session.incrementalRecursion())));
        try {
            VersionLimits.check(session, options);
            side.open(side.messages(
                    outcome, index -> mailbox.post(Mailbox.Kind.NOT_SENT, index), (index, device, inode) -> {}));
            DebugVoice debug = new DebugVoice(notices, options.reporting());
            if (session.server()) {
                new ReceiverTrace(debug).serving(2);
            }
            FilterList filters = exchangeFilters(destination.filters(), debug);
            side.beginBatch();
            return transfer(destination, filters, reports, new ReceivingRoles(connection, mailbox, farewell));
        } catch (IOException | RuntimeException | Error e) { // whatever it is: the peer must not wait for ever
            TransferException cause = TransferException.of(e);
            farewell.leave(cause, connection.in()::drain);
            throw cause;
        }
    }

    private TransferResult transfer(
            Destination destination, FilterList filters, SideReports reports, ReceivingRoles roles) throws IOException {
        FilterScope scope = new FilterScope(
                filters,
                destination.daemonFilters(),
                Side.RECEIVER,
                options.deletion().excluded());
        FilterVoice.open(scope, reports.notices(), options.selection());
        DebugVoice debug = new DebugVoice(reports.notices(), options.reporting());
        ReceiverTrace trace = new ReceiverTrace(debug);
        FilterTrace.attach(scope, new DebugVoice(reports.notices().as("generator"), options.reporting()));
        FileListReader.Surroundings here = new FileListReader.Surroundings(
                names,
                scope.attributesEverywhere(),
                message -> reports.notices().error(Text.of(message)),
                new SkippedNames(reports));
        ListIntake intake = new ListIntake(connection, options, here, reports);
        if (check != null) {
            intake.check(check);
        }
        intake.keepEmpty(path -> Victims.Rules.protectsByName(scope, path));
        Segment first = readFirstSegment(intake, destination);
        if (first.size() == 0 && !session.server()) {
            return finish(reports, ownTraffic());
        }
        trace.placing(intake.entries(), destination.path());
        Verbosity verbosity = Verbosity.of(options.reporting());
        try (FileTree tree = treeFor(destination.tree());
                Target target = open(tree, destination, first, intake.entries(), reports.notices(), verbosity);
                FileTree elsewhere = tree.handling(handling(false))) {
            byte[] place = target.isSingleFile()
                    ? Paths.parent(Paths.withoutTrailingSlashes(destination.path()))
                    : destination.path();
            if (destination.daemonFilters().isEmpty()) {
                scope.rootedAt(destination.label().absolute(new byte[0]));
            }
            Notices notices = reports.notices().at(destination.label().below(place));
            if (!target.missing() && !options.selection().listOnly()) {
                debug.changedDirectory(place);
            }
            SideReports named = new SideReports(listener, notices, reports.outcome(), reports.statistics());
            NamedDirectories given =
                    new NamedDirectories(elsewhere, place, target.missing(), destination.daemonFilters());
            NamedDirectories directories = destination.label().module().isEmpty() ? given : given.inModule();
            directories.refuseHidden(options.placement());
            Privileges privileges = Privileges.current(options.preservation().privileges());
            Site site = new Site(
                    target.tree(),
                    target,
                    directories,
                    session,
                    options,
                    verbosity,
                    privileges,
                    scope.attributesEverywhere(),
                    named);
            Statistics.Traffic traffic = roles.run(site, intake, rules(scope, destination, place));
            return finish(reports, session.server() ? ownTraffic() : traffic);
        }
    }

    /** Rules are about the place of the destination in what it was named in, where their files may also be. */
    private static Victims.Rules rules(FilterScope scope, Destination destination, byte[] place) {
        boolean module = !destination.label().module().isEmpty();
        byte[] base = Paths.withoutTrailingSlashes(module ? Paths.withoutLeadingSlashes(place) : place);
        Victims.Rules rules = new Victims.Rules(scope, destination.tree(), base);
        scope.standIn(rules.base()); // a module's rules judge each name, whether or not a directory is ever entered
        return rules;
    }

    /** Only a side that deletes needs rules; then a client sends its own, and a server gets them. */
    private FilterList exchangeFilters(FilterList own, DebugVoice debug) throws IOException {
        DeletionOptions deletion = options.deletion();
        boolean deleting = deletion.mode() != DeletionOptions.Mode.NONE
                || options.selection().pruneEmptyDirs();
        RuleExchange exchange = new RuleExchange(deleting, deletion.excluded(), deletion.local());
        if (!session.server()) {
            own.send(connection.out(), session, exchange);
            return own;
        }
        FilterList received = own.receive(connection.in(), session, exchange);
        if (!options.deletion().local()) {
            FilterTrace.received(received, debug);
        }
        return own.with(received);
    }

    /** While the sender needs names of ours, they are sent by a thread of their own: it sends its list as it reads them. */
    private Segment readFirstSegment(ListIntake intake, Destination destination) throws IOException {
        if (options.selection().filesFrom() != FilesFrom.LOCAL) {
            connection.out().flush();
            return intake.readFirst();
        }
        boolean plain = SideConnection.sendsNamesPlain(session, options);
        try (NameForwarder forwarder =
                NameForwarder.start(connection.in(), connection.out(), asTheyTravel(destination.filesFrom()), plain)) {
            Segment first = intake.readFirst();
            forwarder.await();
            return first;
        }
    }

    private Iterable<byte[]> asTheyTravel(Iterable<byte[]> listed) {
        if (!session.names().lists()) {
            return listed;
        }
        List<byte[]> converted = new ArrayList<>();
        listed.forEach(name -> converted.add(session.names().told(name)));
        return converted;
    }

    private FileTree treeFor(FileTree tree) throws IOException {
        return LinkTreatment.apply(tree, options.preservation().symlinks(), LinkMunging.RECEIVING);
    }

    private Target open(
            FileTree tree, Destination destination, Segment first, int entries, Notices notices, Verbosity verbosity)
            throws IOException {
        Target target = resolve(tree, destination, first, entries, notices, verbosity);
        FileHandling handling = handling(options.placement().writeDevices());
        return handling.equals(FileHandling.PLAIN) ? target : target.handling(handling);
    }

    private FileHandling handling(boolean writeDevices) {
        PreservationOptions kept = options.preservation();
        return new FileHandling(kept.privileges().fakeSuper(), kept.keepsAccessTimesOfSources(), writeDevices);
    }

    private Target resolve(
            FileTree tree, Destination destination, Segment first, int entries, Notices notices, Verbosity verbosity)
            throws IOException {
        if (options.selection().listOnly()) {
            return new Target(tree.view(), null, true, false);
        }
        TargetResolver resolver = new TargetResolver(
                tree,
                destination.path(),
                notices,
                options.update().changesNothing(),
                verbosity.namesDestination(),
                options.placement().makePath());
        return resolver.resolve(first, entries);
    }

    private Statistics.Traffic ownTraffic() {
        return new Statistics.Traffic(
                connection.out().bytesWritten(), connection.in().bytesRead());
    }

    private TransferResult finish(SideReports reports, Statistics.Traffic traffic) {
        TransferStatistics figures = reports.statistics().sum(traffic);
        listener.finished(figures);
        return new TransferResult(reports.outcome().exitCode(), figures);
    }
}
