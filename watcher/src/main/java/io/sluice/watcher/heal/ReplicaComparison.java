package io.sluice.watcher.heal;

import io.sluice.client.Location;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncClientBuilder;
import io.sluice.client.SourceFiles;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.transfer.PathLabel;
import io.sluice.protocol.transfer.TransferResult;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Compares a replica with its source by checksum, with the section's options and rules, in a push that is a dry run: nothing changes on either side. What
 * differs is looked at twice, so that a change which is on its way is not taken for a difference.
 */
public final class ReplicaComparison {
    private static final byte[] HERE = {'.', '/'};
    /** With more, looking at everything again is as quick. */
    private static final int MAX_NAMED = 10_000;
    /** File systems keep times no finer than the kernel's tick. */
    private static final long TICK_SECONDS = 1;

    private final MirrorConfiguration configuration;
    private final Replica replica;
    private final Duration pause;
    private final Clock clock;
    private final AtomicReference<@Nullable RsyncClient> current = new AtomicReference<>();
    private volatile boolean aborted;

    /** @param pause between the two looks: a change needs no longer to arrive, as a rule */
    public ReplicaComparison(MirrorConfiguration configuration, Replica replica, Duration pause, Clock clock) {
        this.configuration = configuration;
        this.replica = replica;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Compares.
     *
     * @throws IOException if the replica could not be compared
     */
    public Comparison compare() throws IOException, InterruptedException {
        long began = clock.millis() / 1000 - TICK_SECONDS;
        FoundDifferences first = new FoundDifferences();
        TransferResult result = whole(first);
        List<String> errors = first.errors(result.exitCode());
        if (first.isEmpty()) {
            return comparison(first, List.of(), result, errors);
        }
        Thread.sleep(pause);
        FoundDifferences second = secondLook(first);
        List<byte[]> inFlight = new ArrayList<>();
        FoundDifferences lasting = first.lasting(second, inFlight::add);
        try (FileTree source = FileTree.open(sourcePath(), TreePolicy.CONFINED)) {
            FileStatus status = new FileStatus();
            for (Difference difference : lasting.list()) {
                if (changedSince(source, difference.path(), began, status)) {
                    inFlight.add(difference.path());
                    lasting.remove(difference);
                }
            }
        }
        return comparison(lasting, inFlight, result, errors);
    }

    private static Comparison comparison(
            FoundDifferences found, List<byte[]> inFlight, TransferResult result, List<String> errors) {
        long entries = result.statistics().counts().total();
        return new Comparison(found.list(), found.more(), inFlight, entries, errors);
    }

    private byte[] sourcePath() {
        return configuration.source().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the source's entry, or if there is none the directory that it would be in, was touched after a time. */
    private static boolean changedSince(FileTree source, byte[] path, long seconds, FileStatus status)
            throws IOException {
        byte[] name = path.length == 0 ? new byte[] {'.'} : path;
        while (!source.status(name, status)) {
            int end = name.length;
            do {
                end--;
            } while (end > 0 && name[end] != '/');
            name = end <= 0 ? new byte[] {'.'} : Arrays.copyOf(name, end);
        }
        return status.ctimeSeconds() >= seconds;
    }

    private TransferResult whole(FoundDifferences into) throws IOException {
        byte[] content = new Location.Local(sourcePath()).asDirectory().path();
        try (SourceFiles files = SourceFiles.of(List.of(content))) {
            return look(SessionOptions.whole(configuration), files, into);
        }
    }

    /** At just what differed; a peer that does not know how to be asked for names that are missing is asked for everything. */
    private FoundDifferences secondLook(FoundDifferences first) throws IOException {
        FoundDifferences second = new FoundDifferences();
        if (first.more() == 0 && first.list().size() <= MAX_NAMED) {
            try {
                named(first.list(), second);
                return second;
            } catch (TransferException e) {
                if (aborted) {
                    throw e;
                }
                second = new FoundDifferences();
            }
        }
        var _ = whole(second);
        return second;
    }

    private void named(List<Difference> differences, FoundDifferences into) throws IOException {
        var _ = session(SessionOptions.named(configuration), differences, into);
    }

    /** Brings content over that differs though size and time are the same, which an ordinary push takes for equal. */
    Optional<String> repair(List<Difference> differences) throws IOException {
        FoundDifferences told = new FoundDifferences();
        TransferResult result = session(SessionOptions.repairing(configuration), differences, told);
        List<String> errors = told.errors(result.exitCode());
        return errors.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", errors));
    }

    private TransferResult session(TransferOptions options, List<Difference> differences, FoundDifferences into)
            throws IOException {
        List<byte[]> names = new ArrayList<>(differences.size());
        for (Difference difference : differences) {
            byte[] path = difference.path();
            byte[] name = new byte[path.length == 0 ? 1 : HERE.length + path.length];
            System.arraycopy(HERE, 0, name, 0, Math.min(HERE.length, name.length));
            System.arraycopy(path, 0, name, name.length - path.length, path.length);
            names.add(name);
        }
        FileTree source = FileTree.open(sourcePath(), TreePolicy.CONFINED);
        try (SourceFiles files = SourceFiles.named(source, PathLabel.NONE, names)) {
            return look(options, files, into);
        }
    }

    private TransferResult look(TransferOptions options, SourceFiles files, FoundDifferences into) throws IOException {
        RsyncClientBuilder builder = RsyncClient.builder();
        int seconds = Math.toIntExact(configuration.times().connectTimeout().toSeconds());
        RsyncClient client = builder.connection(
                        configuration.connections().to(replica.location()).withConnectSeconds(seconds))
                .filters(configuration.filters())
                .passwords(replica.passwords())
                .options(options)
                .listener(into)
                .build();
        current.set(client);
        if (aborted) {
            client.abort();
        }
        try {
            return client.push(files, replica.location().asDirectory());
        } catch (TransferException e) {
            throw new TransferException(e.exitCode(), into.explain(e), e);
        } finally {
            current.set(null);
        }
    }

    /** Breaks off what is under way, and whatever would be. Called by other threads. */
    public void abort() {
        aborted = true;
        RsyncClient client = current.get();
        if (client != null) {
            client.abort();
        }
    }
}
