package io.sluice.watcher.mirror;

import io.sluice.client.ConnectionOptions;
import io.sluice.client.KeptConnections;
import io.sluice.client.Location;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncClientBuilder;
import io.sluice.client.SourceFiles;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.LinkWitness;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.transfer.PathLabel;
import io.sluice.protocol.transfer.PeerExitException;
import io.sluice.protocol.transfer.PublishGate;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs rsync sessions with one replica, one at a time; only {@link #abort} may be called by other threads. */
final class ReplicaSessions {
    private static final String DETECT_RENAMED = "--detect-renamed";
    private static final byte[] HERE = {'.', '/'};

    private final byte[] source;
    private final Location destination;
    private final ConnectionOptions connection;
    private final RsyncClientBuilder settings;
    private final TransferOptions options;
    private final FilterList filters;
    private final MirrorTimes times;
    private final KeptConnections kept = new KeptConnections();
    private final PeerTraits peer = new PeerTraits();
    private final Errors errors = new Errors();
    private @Nullable RsyncClient current; // guarded by this
    private boolean aborted; // guarded by this

    /** @param linked hears of files that have several names, with paths relative to the source */
    ReplicaSessions(MirrorConfiguration configuration, Replica replica, LinkWitness linked) {
        this.source = configuration.source().toString().getBytes(StandardCharsets.UTF_8);
        this.destination = replica.location().asDirectory();
        this.options = configuration.options();
        this.filters = configuration.filters();
        this.times = configuration.times();
        int seconds = Math.toIntExact(configuration.times().connectTimeout().toSeconds());
        this.connection = configuration.connections().to(replica.location()).withConnectSeconds(seconds);
        this.settings = RsyncClient.builder()
                .passwords(replica.passwords())
                .keeping(kept)
                .negotiated(peer::negotiated)
                .showingLinks(linked)
                .listener(errors);
    }

    /** Lets it share what it encodes with those of other replicas. */
    ReplicaSessions sharing(SharedEncodings shared) {
        settings.sharing(shared);
        return this;
    }

    /**
     * What differs between sessions of a kind.
     *
     * @param deletesMissing names that are missing are deleted, else ignored
     * @param detectsRenamed {@code -M--detect-renamed}
     * @param rules in front of the user's
     * @param edit more options
     * @param gate opens before delayed updates are published
     */
    record Manner(
            boolean deletesMissing,
            boolean detectsRenamed,
            FilterList rules,
            Consumer<OptionDraft> edit,
            PublishGate gate) {
        static final Manner PLAIN = new Manner(true, false, FilterList.EMPTY, draft -> {}, PublishGate.OPEN);
        static final Manner PRESENT = new Manner(false, false, FilterList.EMPTY, draft -> {}, PublishGate.OPEN);

        /** Content that waits for {@code gate} before it becomes visible. */
        static Manner delayed(PublishGate gate) {
            return new Manner(false, false, FilterList.EMPTY, SessionKind::delay, gate);
        }

        Manner with(FilterList value) {
            return new Manner(deletesMissing, detectsRenamed, value, edit, gate);
        }

        /** The same, with names that are missing, which may be what new files were called before. */
        Manner renaming() {
            return new Manner(true, true, rules, edit, gate);
        }
    }

    /** Keeps what the two ends complain about, up to a number. */
    private static final class Errors implements TransferListener {
        private static final int MAX = 10;

        private final List<String> texts = new ArrayList<>();

        @Override
        public synchronized void notice(Notice notice) {
            boolean error =
                    notice.severity() == Notice.Severity.ERROR || notice.severity() == Notice.Severity.ERROR_XFER;
            if (error && texts.size() < MAX) {
                texts.add(new String(notice.text(), StandardCharsets.UTF_8));
            }
        }

        synchronized List<String> take() {
            List<String> taken = List.copyOf(texts);
            texts.clear();
            return taken;
        }
    }

    /** What is known of the replica's end. */
    PeerTraits peer() {
        return peer;
    }

    /** The user's options and rules, which every session has. */
    TransferOptions options() {
        return options;
    }

    FilterList filters() {
        return filters;
    }

    byte[] source() {
        return source.clone();
    }

    /** Makes the replica equal to the whole source; {@code kind} is WHOLE or COMPARED_WHOLE. */
    Push.Outcome whole(SessionKind kind, Manner manner) throws IOException {
        try (SourceFiles files =
                SourceFiles.of(List.of(new Location.Local(source).asDirectory().path()))) {
            return session(kind, manner, files);
        }
    }

    /** Pushes paths; names on the wire begin with {@code ./}, so that the source directory itself is sent too. */
    Push.Outcome named(SessionKind kind, List<byte[]> paths, Manner manner) throws IOException {
        List<byte[]> names = new ArrayList<>(paths.size());
        for (byte[] path : paths) {
            byte[] name = new byte[path.length == 0 ? 1 : HERE.length + path.length];
            System.arraycopy(HERE, 0, name, 0, Math.min(HERE.length, name.length));
            System.arraycopy(path, 0, name, name.length - path.length, path.length);
            names.add(name);
        }
        try (SourceFiles files = SourceFiles.named(FileTree.open(source, TreePolicy.CONFINED), PathLabel.NONE, names)) {
            return session(kind, manner, files);
        }
    }

    private Push.Outcome session(SessionKind kind, Manner manner, SourceFiles files) throws IOException {
        errors.take();
        TransferOptions wanted = kind.options(options, times, manner.deletesMissing());
        peer.asked();
        RsyncClient client = settings.copy()
                .connection(manner.detectsRenamed() ? connection.withRemoteOption(DETECT_RENAMED) : connection)
                .options(wanted.edit(manner.edit()))
                .filters(manner.rules().with(filters))
                .publishing(manner.gate())
                .build();
        begin(client);
        try {
            return outcome(client.push(files, destination));
        } catch (PeerExitException e) {
            List<String> texts = errors.take();
            peer.complained(texts);
            throw texts.isEmpty() ? e : new TransferException(e.exitCode(), String.join("; ", texts), e);
        } catch (IOException e) {
            peer.complained(errors.take());
            throw e;
        } finally {
            begin(null);
        }
    }

    private synchronized void begin(@Nullable RsyncClient client) {
        current = client;
        if (aborted && client != null) {
            client.abort();
        }
    }

    private Push.Outcome outcome(TransferResult result) {
        boolean complete = result.exitCode() == ExitCode.OK || result.exitCode() == ExitCode.VANISHED;
        List<String> words = new ArrayList<>(errors.take());
        if (!complete && words.isEmpty()) {
            words.add(result.exitCode().phrase() + " (code " + result.exitCode().value() + ")");
        }
        return new Push.Outcome(
                complete,
                result.statistics().transferredFiles(),
                result.statistics().literalData(),
                words);
    }

    /** Breaks off the session that is under way, and any later one. */
    synchronized void abort() {
        aborted = true;
        if (current != null) {
            current.abort();
        }
        kept.close();
    }
}
