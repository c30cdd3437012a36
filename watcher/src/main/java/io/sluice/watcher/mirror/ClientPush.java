package io.sluice.watcher.mirror;

import io.sluice.client.ConnectionOptions;
import io.sluice.client.Location;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncClientBuilder;
import io.sluice.client.SourceFiles;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.transfer.PathLabel;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Pushes with the rsync client: one session for single entries, one for subtrees, or one for the whole source. */
final class ClientPush implements Push {
    private static final byte[] HERE = {'.', '/'};

    private final byte[] source;
    private final Location destination;
    private final Map<SessionKind, RsyncClient> clients = new EnumMap<>(SessionKind.class);
    private final Errors errors = new Errors();

    ClientPush(MirrorConfiguration configuration, Replica replica) {
        this.source = configuration.source().toString().getBytes(StandardCharsets.UTF_8);
        this.destination = asDirectory(replica.location());
        int seconds = Math.toIntExact(configuration.times().connectTimeout().toSeconds());
        RsyncClientBuilder builder = RsyncClient.builder()
                .connection(
                        ConnectionOptions.DEFAULT.withConnectSeconds(seconds).withTls(configuration.tls()))
                .filters(configuration.filters())
                .passwords(replica.passwords())
                .listener(errors);
        for (SessionKind kind : SessionKind.values()) {
            builder.options(kind.options(configuration.options(), configuration.times()));
            clients.put(kind, builder.build());
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

    /** With a slash at the end: what is sent goes into the directory, never in its place. */
    private static Location asDirectory(Location location) {
        return switch (location) {
            case Location.Daemon daemon -> daemon.withPath(withSlash(daemon.path()));
            case Location.Shell shell -> new Location.Shell(shell.user(), shell.host(), withSlash(shell.path()));
            case Location.Local local -> new Location.Local(withSlash(local.path()));
        };
    }

    private static byte[] withSlash(byte[] path) {
        if (path.length > 0 && path[path.length - 1] == '/') {
            return path;
        }
        byte[] longer = new byte[path.length + 1];
        System.arraycopy(path, 0, longer, 0, path.length);
        longer[path.length] = '/';
        return longer;
    }

    @Override
    public Outcome push(PushPlan plan) throws IOException {
        if (plan.isWhole()) {
            try (SourceFiles files = SourceFiles.of(List.of(withSlash(source)))) {
                return session(SessionKind.WHOLE, files);
            }
        }
        Outcome outcome = new Outcome(true, 0, 0, List.of());
        List<byte[]> singles = plan.singles();
        if (!singles.isEmpty()) {
            outcome = outcome.and(named(SessionKind.ENTRIES, singles));
        }
        if (!plan.subtrees().isEmpty()) {
            outcome = outcome.and(named(SessionKind.SUBTREES, plan.subtrees()));
        }
        return outcome;
    }

    /** Names begin with {@code ./}: then the source directory itself is sent too, without its content. */
    private Outcome named(SessionKind kind, List<byte[]> paths) throws IOException {
        List<byte[]> names = new ArrayList<>(paths.size());
        for (byte[] path : paths) {
            byte[] name = new byte[path.length == 0 ? 1 : HERE.length + path.length];
            System.arraycopy(HERE, 0, name, 0, Math.min(HERE.length, name.length));
            System.arraycopy(path, 0, name, name.length - path.length, path.length);
            names.add(name);
        }
        try (SourceFiles files = SourceFiles.named(FileTree.open(source, TreePolicy.CONFINED), PathLabel.NONE, names)) {
            return session(kind, files);
        }
    }

    private Outcome session(SessionKind kind, SourceFiles files) throws IOException {
        errors.take();
        RsyncClient client = clients.get(kind);
        if (client == null) {
            throw new IllegalStateException("session: " + kind + " (expected: one with a client)");
        }
        TransferResult result = client.push(files, destination);
        boolean complete = result.exitCode() == ExitCode.OK || result.exitCode() == ExitCode.VANISHED;
        List<String> words = new ArrayList<>(errors.take());
        if (!complete && words.isEmpty()) {
            words.add(result.exitCode().phrase() + " (code " + result.exitCode().value() + ")");
        }
        return new Outcome(
                complete,
                result.statistics().transferredFiles(),
                result.statistics().literalData(),
                words);
    }

    @Override
    public void abort() {
        clients.values().forEach(RsyncClient::abort);
    }
}
