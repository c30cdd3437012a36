package io.sluice.client.parallel;

import io.sluice.client.Location;
import io.sluice.client.RsyncClient;
import io.sluice.client.SourceFiles;
import io.sluice.client.Transfers;
import io.sluice.client.command.ByteText;
import io.sluice.client.parallel.TransferPlan.PlannedFile;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One transfer to or from a daemon by several connections.
 *
 * <pre>
 * plan         the transfer as a dry run: which files' content is to travel
 * directories  those that are missing, in one session
 * shares       the planned files, split over the connections at the same time: exact lists, no filters, no deletion
 * last         the transfer as it was asked for
 * </pre>
 *
 * The last session is the very one that there would be without the others. It finds files up to date that the shares brought, and does all the rest:
 * deletions, links, attributes and times of directories, and every file that a share could not do. So the others only ever do what it would do, and
 * whatever becomes of them, the result and the exit code are its own.
 */
public final class ParallelClient implements Transfers {
    /** Somebody, or a time that was set, wants the transfer to end. */
    private static final Set<ExitCode> WANTED = EnumSet.of(ExitCode.SIGNAL, ExitCode.TIMEOUT);

    private static final int TRIES = 40;
    private static final long BETWEEN_TRIES_MILLIS = 100;

    private final Sessions sessions;
    private final Terms terms;

    /**
     * What a transfer is.
     *
     * @param connections how many, at most
     * @param options of the transfer
     * @param listener hears of one transfer
     * @param note hears, in words, why there are fewer connections
     */
    public record Terms(int connections, TransferOptions options, TransferListener listener, Consumer<String> note) {}

    /** @param sessions makes the clients */
    public ParallelClient(Sessions sessions, Terms terms) {
        this.sessions = sessions;
        this.terms = terms;
    }

    @Override
    public TransferResult push(SourceFiles sources, Location destination) throws IOException {
        return run(new Route.Push(sources, destination));
    }

    @Override
    public TransferResult pull(List<? extends Location> sources, byte[] destination, Iterable<byte[]> names)
            throws IOException {
        return run(new Route.Pull(sources, destination, names));
    }

    @Override
    public void abort() {
        sessions.abort();
    }

    private TransferResult run(Route route) throws IOException {
        if (terms.options().update().dryRun()) {
            return alone(route);
        }
        Optional<byte[]> base = route.base(terms.options());
        if (base.isEmpty()) {
            terms.note().accept("one connection: the names do not lie in one directory that is known here");
            return alone(route);
        }
        TransferPlan plan = new TransferPlan(terms.listener());
        TransferResult planned;
        try {
            planned = route.whole(sessions.client(SessionOptions.plan(terms.options()), plan));
        } catch (TransferException e) {
            if (WANTED.contains(e.exitCode()) || !sessions.haveBegun()) {
                throw e; // a second session would meet the same
            }
            return alone(route);
        }
        List<TransferStatistics> figures = new ArrayList<>();
        figures.add(JointStatistics.trafficOf(planned.statistics()));
        JointDisplay display = new JointDisplay(terms.listener(), plan);
        if (plan.files().size() > 1 && !plan.mayLackDestination() && sessions.takeNames()) {
            figures.addAll(ahead(route, base.get(), plan, display));
        }
        TransferResult last = last(route, display.last());
        return new TransferResult(last.exitCode(), JointStatistics.of(last.statistics(), figures));
    }

    private TransferResult alone(Route route) throws IOException {
        return route.whole(sessions.client(terms.options(), terms.listener()));
    }

    /** Returns the figures of the sessions that transfer what can be transferred apart. */
    private List<TransferStatistics> ahead(Route route, byte[] base, TransferPlan plan, JointDisplay display)
            throws IOException {
        TransferOptions options = SessionOptions.named(terms.options(), terms.connections());
        List<TransferStatistics> figures = new ArrayList<>();
        MissingDirectories missing = new MissingDirectories(plan);
        if (!missing.isEmpty()) {
            TransferListener listener = display.directories(tellsOfDestination());
            RsyncClient client = sessions.clientOfNames(missing.options(options), listener);
            try {
                TransferResult result = patiently(() -> route.named(client, base, missing.names()));
                figures.add(result.statistics());
                if (result.exitCode() == ExitCode.OK) {
                    display.allDirectoriesMade();
                }
            } catch (TransferException e) {
                if (WANTED.contains(e.exitCode())) {
                    throw e;
                }
                terms.note().accept("one connection: " + e.getMessage());
                return figures;
            }
        }
        List<PlannedFile> files = display.missing(plan.files()).stream()
                .filter(file -> display.isThere(TransferPlan.parent(file.path())))
                .toList();
        List<List<byte[]>> shares = Shares.of(files, terms.connections()).stream()
                .map(share -> bytes(share.stream().map(PlannedFile::path).toList()))
                .toList();
        ShareRun.Session session = names -> route.named(sessions.clientOfNames(options, display.share()), base, names);
        figures.addAll(new ShareRun(session, terms.note()).run(shares));
        return figures;
    }

    private boolean tellsOfDestination() {
        ReportingOptions reporting = terms.options().reporting();
        return reporting.level(InfoItem.NAME) > 0 || reporting.itemLevel() > 0;
    }

    private static List<byte[]> bytes(Collection<String> paths) {
        return paths.stream().map(ByteText::bytes).toList();
    }

    private TransferResult last(Route route, TransferListener listener) throws IOException {
        return patiently(() -> route.whole(sessions.client(terms.options(), listener)));
    }

    @FunctionalInterface
    private interface OneSession {
        TransferResult run() throws IOException;
    }

    /** Runs a session that follows another one: daemons count a connection that has ended for a moment still. */
    private static TransferResult patiently(OneSession session) throws IOException {
        int tries = 1;
        while (true) {
            try {
                return session.run();
            } catch (TransferException e) {
                if (!ShareRun.isFull(e) || tries++ == TRIES) {
                    throw e;
                }
                ShareRun.pause(TimeUnit.MILLISECONDS.toNanos(BETWEEN_TRIES_MILLIS));
            }
        }
    }
}
