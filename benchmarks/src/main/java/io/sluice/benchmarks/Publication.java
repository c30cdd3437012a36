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

/** A tree, a live mirror that publishes it, and the daemons of its replicas, in a workspace. */
final class Publication implements AutoCloseable {
    /** Characters of what a mirror printed. */
    private static final int SHOWN = 4_000;

    private static final long EQUAL_NANOS = TimeUnit.SECONDS.toNanos(300);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Workspace workspace;
    private final LiveMirror mirror;
    private final Path source;
    private final Path home;
    private final List<Path> replicas = new ArrayList<>();
    private final List<DaemonUnderTest> daemons = new ArrayList<>();
    private final Process process;

    /** What runs at the replicas, and how many there are. */
    record Farm(Program daemon, int replicas) {}

    private Publication(Workspace workspace, LiveMirror mirror, Path source, Farm farm) throws IOException {
        this.workspace = workspace;
        this.mirror = mirror;
        this.source = source;
        this.home = Files.createDirectories(workspace.path("mirror"));
        for (int number = 1; number <= farm.replicas(); number++) {
            Path replica = Files.createDirectory(workspace.path("replica-" + number));
            replicas.add(replica);
            daemons.add(DaemonUnderTest.start(workspace, farm.daemon(), "daemon-" + number, replica, 0));
        }
        List<String> urls = daemons.stream().map(daemon -> daemon.url("")).toList();
        process = workspace.start(new ProcessBuilder(mirror.command(home, source, urls))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(home.resolve("output").toFile()));
    }

    /** Brings up the daemons and the mirror; the tree and what it leaves behind are removed with the publication. */
    static Publication start(Workspace workspace, LiveMirror mirror, Path source, Farm farm) throws IOException {
        return new Publication(workspace, mirror, source, farm);
    }

    List<Path> replicas() {
        return List.copyOf(replicas);
    }

    /** Waits until nobody uses processor time, for some seconds at most. */
    void settle() {
        ProcessUsage.settle(process.pid());
        daemons.forEach(daemon -> ProcessUsage.settle(daemon.pid()));
    }

    /** Of the mirror and its children. */
    long mirrorCpuMillis() {
        return ProcessUsage.cpuMillis(process.pid());
    }

    /** The most memory that the mirror had resident, in bytes; of the shell loop's and lsyncd's own process alone. */
    long mirrorPeakBytes() {
        return ProcessUsage.peakBytes(process.pid());
    }

    /** Of all daemons and their children. */
    long daemonCpuMillis() {
        return daemons.stream()
                .mapToLong(daemon -> ProcessUsage.cpuMillis(daemon.pid()))
                .sum();
    }

    /**
     * Waits until all trees are equal. They are compared only while nobody works on them, as that takes processor time from
     * those who do.
     *
     * @return the nanosecond at which nobody worked on them any more
     * @throws IOException if a replica is not equal to the source after some minutes
     */
    long awaitEqual() throws IOException {
        long deadline = System.nanoTime() + EQUAL_NANOS;
        while (true) {
            settle();
            long settled = System.nanoTime();
            Optional<String> difference = difference();
            if (difference.isEmpty()) {
                return settled;
            }
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException("replica differs: " + difference.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** The first difference; files may come and go meanwhile. */
    private Optional<String> difference() {
        try {
            TreeComparison trees = TreeComparison.with(source);
            for (Path replica : replicas) {
                Optional<String> difference = trees.difference(replica);
                if (difference.isPresent()) {
                    return Optional.of(replica.getFileName() + ": " + difference.get());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("changing: " + e.getMessage());
        }
    }

    /** A failure, with what the mirror printed last. */
    IOException failed(IOException cause) throws IOException {
        String printed = Files.readString(home.resolve("output"), StandardCharsets.ISO_8859_1);
        String last = printed.substring(Math.max(0, printed.length() - SHOWN));
        return new IOException(mirror.label() + ": " + cause.getMessage() + "\n" + last, cause);
    }

    @Override
    public void close() throws IOException {
        workspace.end(process);
        daemons.forEach(DaemonUnderTest::close);
        for (Path replica : replicas) {
            Workspace.delete(replica);
        }
        Workspace.delete(home);
        Workspace.delete(source);
    }
}
