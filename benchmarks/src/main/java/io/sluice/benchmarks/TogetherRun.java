package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Three replicas that get batches of files. When each became visible is told by its change time, which the rename that
 * puts it in its place sets: so nothing has to look on while it happens.
 */
final class TogetherRun implements AutoCloseable {
    private static final int REPLICAS = 3;
    private static final int FILE_BYTES = 3_000;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String PAD = " ".repeat(FILE_BYTES);

    private final Workspace workspace;
    private final Manner manner;
    private final Path source;
    private final List<Path> replicas = new ArrayList<>();
    private final List<DaemonUnderTest> daemons = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    /** Who brings the files over. */
    enum Manner {
        TOGETHER("ours, publish = together"),
        INDEPENDENT("ours, independent"),
        RSYNC("rsync -a, in parallel");

        private final String label;

        Manner(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * How far apart replicas were.
     *
     * @param wholeNanos from the first replica that had all of a batch to the last one
     * @param mixedNanos from the first file that one showed to the last file
     */
    record Spread(long wholeNanos, long mixedNanos) {}

    TogetherRun(Workspace workspace, Manner manner, Program daemon, int count) throws IOException {
        this.workspace = workspace;
        this.manner = manner;
        this.source = Files.createDirectories(workspace.path("source"));
        for (int i = 0; i < count; i++) {
            Path file = Path.of("d" + i / 100, "page" + i);
            Files.createDirectories(source.resolve(file).getParent());
            files.add(file);
            write(file, "first");
        }
        for (int number = 1; number <= REPLICAS; number++) {
            Path replica = Files.createDirectory(workspace.path("replica-" + number));
            replicas.add(replica);
            daemons.add(DaemonUnderTest.start(workspace, daemon, "daemon-" + number, replica, 0));
        }
    }

    private void write(Path file, String text) throws IOException {
        Files.writeString(source.resolve(file), text + PAD.substring(text.length()));
    }

    List<Spread> measure(int batch, int rounds) throws IOException {
        if (manner != Manner.RSYNC) {
            startMirror();
        }
        sync();
        awaitText(files, "first");
        List<Spread> spreads = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Path> some = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                some.add(files.get((round * 37 + i * (files.size() / batch)) % files.size()));
            }
            String text = "round " + round + " ";
            for (Path file : some) {
                write(file, text);
            }
            sync();
            awaitText(some, text);
            spreads.add(spread(some));
        }
        return spreads;
    }

    private void startMirror() throws IOException {
        StringBuilder text = new StringBuilder("[bench]\npath = " + source + "\nsettle = 500ms\n");
        text.append("publish = ")
                .append(manner == Manner.TOGETHER ? "together" : "independent")
                .append("\nreplicas =");
        daemons.forEach(daemon -> text.append(' ').append(daemon.url("")));
        Path configuration = Files.writeString(workspace.path("mirror.conf"), text.append('\n'));
        List<String> command = Program.sluice("mirror");
        command.addAll(List.of("-q", "--config", configuration.toString()));
        workspace.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(workspace.path("mirror.log").toFile()));
    }

    /** One rsync for each replica, all at the same time; a mirror does it by itself. */
    private void sync() throws IOException {
        if (manner != Manner.RSYNC) {
            return;
        }
        List<Process> runs = new ArrayList<>();
        for (DaemonUnderTest daemon : daemons) {
            List<String> command = Program.RSYNC.client();
            command.addAll(List.of("-a", source + "/", daemon.url("")));
            runs.add(workspace.start(new ProcessBuilder(command).inheritIO()));
        }
        for (Process run : runs) {
            run.onExit().join();
        }
    }

    private void awaitText(List<Path> some, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + LIMIT_NANOS;
        for (Path replica : replicas) {
            for (Path file : some) {
                while (!starts(replica.resolve(file), wanted)) {
                    if (System.nanoTime() - end > 0) {
                        throw new IOException("not in time: " + file + " in " + replica);
                    }
                    LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
                }
            }
        }
    }

    private static boolean starts(Path file, byte[] wanted) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        byte[] content = Files.readAllBytes(file);
        return Arrays.equals(Arrays.copyOf(content, Math.min(content.length, wanted.length)), wanted);
    }

    private Spread spread(List<Path> some) throws IOException {
        long first = Long.MAX_VALUE;
        long firstWhole = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Path replica : replicas) {
            long whole = Long.MIN_VALUE;
            for (Path file : some) {
                FileTime time =
                        (FileTime) Files.getAttribute(replica.resolve(file), "unix:ctime", LinkOption.NOFOLLOW_LINKS);
                long nanos = time.to(TimeUnit.NANOSECONDS);
                first = Math.min(first, nanos);
                whole = Math.max(whole, nanos);
            }
            firstWhole = Math.min(firstWhole, whole);
            last = Math.max(last, whole);
        }
        return new Spread(last - firstWhole, last - first);
    }

    @Override
    public void close() {
        daemons.forEach(DaemonUnderTest::close);
    }
}
