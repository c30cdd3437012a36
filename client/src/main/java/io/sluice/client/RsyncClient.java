package io.sluice.client;

import io.sluice.client.transport.BatchSession;
import io.sluice.client.transport.CopyAs;
import io.sluice.client.transport.LocalPeer;
import io.sluice.client.transport.ModulePaths;
import io.sluice.client.transport.PeerConnection;
import io.sluice.client.transport.Peers;
import io.sluice.client.transport.RemoteProgramException;
import io.sluice.client.transport.WorkingDirectory;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.filelist.NameCheck;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.Batch;
import io.sluice.protocol.transfer.Connection;
import io.sluice.protocol.transfer.ReceivingSide;
import io.sluice.protocol.transfer.RequestedNames;
import io.sluice.protocol.transfer.SendingSide;
import io.sluice.protocol.transfer.TransferResult;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An rsync client: pushes, pulls and lists files, to and from daemons, hosts behind a remote shell, and this host.
 *
 * <pre>{@code
 * TransferOptions archive = …;
 * RsyncClient client = RsyncClient.builder().options(archive).passwords(PasswordSource.of(secret)).build();
 * try (SourceFiles site = SourceFiles.of(List.of("/srv/www/".getBytes(UTF_8)))) {
 *     TransferResult result = client.push(site, Location.Daemon.of("web1", 873, "www", "").withUser("publisher"));
 * }
 * }</pre>
 *
 * A transfer runs on the calling thread, with threads of its own beside it, and is over when the method returns. Failures of single files are in the
 * result's exit code; {@link TransferException} carries the exit code of a transfer that was broken off. A client can be used again and again, by one
 * thread at a time; only {@link #abort} may be called by any thread.
 */
public final class RsyncClient implements Transfers {
    private final RsyncClientBuilder settings;
    private final AtomicReference<@Nullable PeerConnection> current = new AtomicReference<>();
    private volatile boolean aborted;
    /** The time that the options set is over. */
    private volatile boolean expired;

    /** @param settings are not changed any more */
    RsyncClient(RsyncClientBuilder settings) {
        this.settings = settings;
    }

    /** Begins a client, whose settings all have a default. */
    public static RsyncClientBuilder builder() {
        return new RsyncClientBuilder();
    }

    /**
     * Sends files.
     *
     * @param destination a directory, or for a single file maybe its new name; created as rsync does
     * @throws TransferException if the transfer was broken off
     */
    @Override
    public TransferResult push(SourceFiles sources, Location destination) throws IOException {
        Peers.Errand errand = errand(Side.SENDER, destination, List.of(destination.path()));
        return run(destination, errand, ready -> {
            SendingSide side = new SendingSide(recorded(ready), errand.options(), settings.listener)
                    .publishing(settings.gate)
                    .showingLinks(settings.linked)
                    .sharing(settings.shared);
            TransferResult result = side.run(new SendingSide.Sources(
                    sources.tree(),
                    sources.paths(),
                    rules(ready.connection().session()),
                    FilterList.EMPTY,
                    sources.names(),
                    sources.label()));
            return new TransferResult(result.exitCode(), afterHandshake(result.statistics(), ready));
        });
    }

    /** A sender counts its bytes from the handshake on; a receiver has been told the sender's figures. */
    private static TransferStatistics afterHandshake(TransferStatistics all, Peers.Ready ready) {
        return new TransferStatistics(
                all.counts(),
                all.created(),
                all.deleted(),
                all.transferredFiles(),
                all.totalSize(),
                all.transferredSize(),
                all.literalData(),
                all.matchedData(),
                all.fileListSize(),
                all.fileListBuildMillis(),
                all.fileListTransferMillis(),
                all.bytesSent() - ready.sentBefore(),
                all.bytesReceived() - ready.receivedBefore());
    }

    /**
     * Fetches files.
     *
     * @param sources paths on the same peer, of which the first says how to reach it
     * @param destination a path of this host; empty with options that only list
     */
    public TransferResult pull(List<? extends Location> sources, byte[] destination) throws IOException {
        return pull(sources, destination, List.of());
    }

    /** As {@link #pull(List, byte[])}, of just the {@code names} below the one source, with options whose {@code filesFrom} is LOCAL. */
    @Override
    public TransferResult pull(List<? extends Location> sources, byte[] destination, Iterable<byte[]> names)
            throws IOException {
        Location peer = sources.getFirst();
        List<byte[]> paths = new ArrayList<>();
        sources.forEach(source -> paths.add(source.path()));
        Peers.Errand errand = errand(Side.RECEIVER, peer, paths);
        try (FileTree here = WorkingDirectory.open()) {
            return run(peer, errand, ready -> {
                FilterList rules = rules(ready.connection().session());
                ReceivingSide side = new ReceivingSide(recorded(ready), errand.options(), settings.listener)
                        .checkingNames(requested(peer, errand, rules, names));
                return side.run(new ReceivingSide.Destination(
                        here, destination, rules, FilterList.EMPTY, names, WorkingDirectory.label()));
            });
        }
    }

    /**
     * Brings {@code destination} up to date from a batch that {@link RsyncClientBuilder#batch} or rsync wrote.
     *
     * @param file is closed with the transfer's end
     * @param changed hears of options that had to be changed to fit the batch
     */
    public TransferResult replay(InputStream file, byte[] destination, Consumer<String> changed) throws IOException {
        try (FileTree here = WorkingDirectory.open();
                WireInput in = new WireInput(file)) {
            BatchSession batch = BatchSession.read(in, settings.options, settings.connection.version(), changed);
            Session session = batch.session();
            settings.negotiated.accept(session);
            Connection connection =
                    new Connection(session, in, new WireOutput(OutputStream.nullOutputStream())).with(new Batch.Read());
            return new ReceivingSide(connection, batch.options(), settings.listener)
                    .run(new ReceivingSide.Destination(
                            here, destination, rules(session), FilterList.EMPTY, List.of(), WorkingDirectory.label()));
        }
    }

    /** Asks a daemon for its modules: each is a line for {@link RsyncClientBuilder#daemonMessages}, after the daemon's text of the day. */
    public void listModules(Location.Daemon daemon) throws IOException {
        peers().listModules(daemon, settings.options, this::opened);
    }

    /** Breaks off the transfer that is under way, and every later one: it fails, and leaves no temporary files. */
    @Override
    public void abort() {
        aborted = true;
        close(current.get());
    }

    private void expire() {
        expired = true;
        close(current.get());
    }

    /** The part of a transfer that differs by direction. */
    @FunctionalInterface
    private interface Work {
        TransferResult on(Peers.Ready ready) throws IOException;
    }

    private TransferResult run(Location peer, Peers.Errand errand, Work ours) throws IOException {
        String who = errand.options().preservation().privileges().copyAs();
        Work work = ready -> CopyAs.work(who, () -> ours.on(ready));
        try (Deadline deadline = Deadline.of(errand.options().limits().stopAt(), this::expire)) {
            return runUntil(deadline, peer, errand, work);
        }
    }

    private TransferResult runUntil(Deadline deadline, Location peer, Peers.Errand errand, Work work)
            throws IOException {
        try {
            return peer instanceof Location.Remote remote ? remotely(remote, errand, work) : locally(errand, work);
        } catch (IOException e) {
            if (deadline.hasPassed() && !aborted) {
                throw new ClientException(ExitCode.TIMEOUT, "stopping at requested limit", e);
            }
            throw aborted ? new ClientException(ExitCode.SIGNAL, "", e) : e;
        } finally {
            current.set(null);
        }
    }

    private TransferResult remotely(Location.Remote peer, Peers.Errand errand, Work work) throws IOException {
        Peers.Ready ready = peers().open(peer, errand, this::opened);
        try (ready) {
            settings.negotiated.accept(ready.connection().session());
            TransferResult ours = work.on(ready);
            ready.peer().link().process().ifPresent(process -> tellWait(process, errand));
            int status = ready.peer().link().finish();
            ExitCode theirs = ExitCode.of(status).orElseThrow(() -> new RemoteProgramException(status, ours));
            if (ours.exitCode() == ExitCode.OK) {
                ready.transferEnded();
            }
            return ours.orWorse(theirs);
        } catch (TransferException e) {
            throw ready.peer().link().explain(e);
        }
    }

    private TransferResult locally(Peers.Errand errand, Work work) throws IOException {
        try (LocalPeer other =
                LocalPeer.start(errand, settings.connection, WorkingDirectory.open(), settings.narration)) {
            Peers.Ready ready = other.shakeHands(errand, this::opened);
            settings.negotiated.accept(ready.connection().session());
            TransferResult ours = work.on(ready);
            tellWait(ProcessHandle.current().pid(), errand); // which is the other side's, too
            ready.close();
            return ours.orWorse(other.await());
        }
    }

    private void tellWait(long process, Peers.Errand errand) {
        EndText.ofWait(process, errand.side() == Side.SENDER, errand.options().reporting())
                .forEach(text -> settings.narration.accept(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What a sender elsewhere may list; one that has the list of names itself, one of this host is trusted, and so is one that a shell there may have told more. */
    private NameCheck requested(Location peer, Peers.Errand errand, FilterList rules, Iterable<byte[]> names) {
        FilesFrom filesFrom = errand.options().selection().filesFrom();
        boolean trusted = errand.options().selection().trustSender()
                || settings.connection.oldArguments() > 0
                || peer instanceof Location.Local
                || !(filesFrom == FilesFrom.NONE || filesFrom == FilesFrom.LOCAL);
        if (trusted) {
            return NameCheck.NONE;
        }
        RequestedNames requested = new RequestedNames(errand.options(), rules);
        if (filesFrom == FilesFrom.LOCAL) {
            names.forEach(requested::add);
        } else {
            boolean module = peer instanceof Location.Daemon;
            errand.paths().forEach(path -> requested.add(module ? ModulePaths.inside(path) : path));
        }
        return requested;
    }

    private FilterList rules(Session session) throws TransferException {
        SessionRules rules = new SessionRules(settings.options, session);
        return rules.withPartial(rules.withCvs(settings.filters, settings.cvsPatterns));
    }

    private Peers.Errand errand(Side side, Location peer, List<byte[]> paths) {
        return new Peers.Errand(side, optionsFor(peer), paths, settings.batch.isPresent());
    }

    private Connection recorded(Peers.Ready ready) throws IOException {
        Connection connection = ready.connection();
        if (settings.batch.isEmpty()) {
            return connection;
        }
        BatchOutput batch = settings.batch.get();
        return connection.with(new Batch.Written(
                batch.open(connection.session()), settings.options.update().batchOnly()));
    }

    private TransferOptions optionsFor(Location peer) {
        return peer instanceof Location.Local && settings.batch.isEmpty()
                ? LocalPeer.localOptions(settings.options)
                : settings.options;
    }

    private Peers peers() {
        return new Peers(
                settings.connection,
                new Peers.Login(settings.user, settings.passwords, settings.daemonMessages, settings.narration),
                settings.kept.map(KeptConnections::idle));
    }

    private void opened(PeerConnection connection) {
        current.set(connection);
        if (aborted || expired) {
            close(connection);
        }
    }

    private static void close(@Nullable PeerConnection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                // It is gone then, which was the aim.
            }
        }
    }
}
