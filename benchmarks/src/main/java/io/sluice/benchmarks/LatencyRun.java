package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One live mirror with three replicas: brings them up, edits the source, measures, and compares all trees at the end. */
final class LatencyRun {
    private static final int REPLICAS = 3;
    private static final int FILE_BYTES = 3_000;
    private static final long EQUAL_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Workspace workspace;
    private final LatencyOptions options;
    private final Path source;
    private final Path home;
    private final List<Path> replicas = new ArrayList<>();
    private final List<DaemonUnderTest> daemons = new ArrayList<>();
    private final TreeComparison trees = new TreeComparison();

    LatencyRun(Workspace workspace, LatencyOptions options) {
        this.workspace = workspace;
        this.options = options;
        this.source = workspace.path("source");
        this.home = workspace.path("mirror");
    }

    /** @throws IOException if an edit is lost or a replica is not equal to the source in the end */
    LatencyResult measure(LiveMirror mirror, int files) throws IOException {
        try {
            TreeMaker.make(source, files, FILE_BYTES);
            startDaemons();
            Process process = startMirror(mirror);
            try {
                return measure(mirror, process, files);
            } catch (IOException e) {
                String printed = Files.readString(home.resolve("output"), StandardCharsets.ISO_8859_1);
                throw new IOException(mirror.label() + ": " + e.getMessage() + "\n" + printed, e);
            } finally {
                workspace.end(process);
            }
        } finally {
            clear();
        }
    }

    private LatencyResult measure(LiveMirror mirror, Process process, int files) throws IOException {
        awaitEqual(process);
        settle(process);
        Edits edits = new Edits(source, replicas);
        edits.run(options.warmUp(), options.rate());
        settle(process);
        long mirrorCpu = ProcessUsage.cpuMillis(process.pid());
        long daemonCpu = daemonCpu();
        long[] latencies = edits.run(options.edits(), options.rate());
        settle(process);
        mirrorCpu = ProcessUsage.cpuMillis(process.pid()) - mirrorCpu;
        daemonCpu = daemonCpu() - daemonCpu;
        awaitEqual(process);
        return new LatencyResult(mirror, options.daemon(), files, latencies, mirrorCpu, daemonCpu);
    }

    private void startDaemons() throws IOException {
        for (int number = 1; number <= REPLICAS; number++) {
            Path replica = Files.createDirectory(workspace.path("replica-" + number));
            replicas.add(replica);
            daemons.add(DaemonUnderTest.start(workspace, options.daemon(), "daemon-" + number, replica, 0));
        }
    }

    private Process startMirror(LiveMirror mirror) throws IOException {
        Files.createDirectories(home);
        List<String> urls = daemons.stream().map(daemon -> daemon.url("")).toList();
        return workspace.start(new ProcessBuilder(mirror.command(home, source, urls))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(home.resolve("output").toFile()));
    }

    private void settle(Process mirror) {
        ProcessUsage.settle(mirror.pid());
        daemons.forEach(daemon -> ProcessUsage.settle(daemon.pid()));
    }

    private long daemonCpu() {
        return daemons.stream()
                .mapToLong(daemon -> ProcessUsage.cpuMillis(daemon.pid()))
                .sum();
    }

    private void awaitEqual(Process mirror) throws IOException {
        long deadline = System.nanoTime() + EQUAL_NANOS;
        for (Path replica : replicas) {
            Optional<String> difference = difference(replica);
            while (difference.isPresent()) {
                if (System.nanoTime() > deadline || !mirror.isAlive()) {
                    throw new IOException("replica differs: " + replica.getFileName() + ": " + difference.get());
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
                difference = difference(replica);
            }
        }
    }

    /** Like {@link TreeComparison#difference}, of a tree whose files may come and go meanwhile. */
    private Optional<String> difference(Path replica) {
        try {
            return trees.difference(source, replica);
        } catch (IOException e) {
            return Optional.of("changing: " + e.getMessage());
        }
    }

    private void clear() throws IOException {
        daemons.forEach(DaemonUnderTest::close);
        daemons.clear();
        for (Path replica : replicas) {
            Workspace.delete(replica);
        }
        replicas.clear();
        Workspace.delete(source);
    }
}
