package io.sluice.benchmarks;

import io.sluice.client.Location;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncClientBuilder;
import io.sluice.client.SourceFiles;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/**
 * Pushes the same new files to many daemons at the same time, as a mirror does, with and without what the sessions share.
 *
 * <p>Exits with 0, 1 if a push fails, 2 if the command line makes no sense.
 */
public final class Sharing {
    private static final List<String> HEADINGS = List.of(
            "daemons",
            "replicas",
            "compression",
            "sharing",
            "wall s",
            "own cpu s",
            "daemons cpu s",
            "MB sent",
            "made",
            "reused");
    private static final int WORDS = 3000;
    private static final long SETTLED_MILLIS = 1000;

    private final SharingOptions options;
    private final Workspace workspace;
    private final List<List<String>> rows = new ArrayList<>();

    private Sharing(SharingOptions options, Workspace workspace) {
        this.options = options;
        this.workspace = workspace;
    }

    public static void main(String[] arguments) throws Exception {
        SharingOptions options = new SharingOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            if (CommandLine.printHelpIfRequested(commandLine.parseArgs(arguments))) {
                return;
            }
            options.check();
        } catch (ParameterException | IllegalArgumentException e) {
            System.err.println("sharing: " + e.getMessage());
            System.exit(ExitCode.USAGE);
        }
        try (Workspace workspace = Workspace.create(options.directory())) {
            Sharing sharing = new Sharing(options, workspace);
            sharing.measure();
            System.out.print(new Table(HEADINGS, sharing.rows).text());
        } catch (IOException | ExecutionException e) {
            System.out.println("FAILED: " + e.getMessage());
            System.exit(ExitCode.SOFTWARE);
        }
    }

    private void measure() throws IOException, ExecutionException, InterruptedException {
        Path source = source();
        Thread.sleep(SETTLED_MILLIS);
        for (int replicas : options.replicas()) {
            try (Farm farm = new Farm(replicas)) {
                for (CompressionType codec : options.compressions()) {
                    for (boolean shares : new boolean[] {false, true}) {
                        measure(source, farm, codec, shares);
                    }
                }
            }
        }
    }

    /** The tree that was named, or a new one. */
    private Path source() throws IOException {
        Path tree = options.tree();
        if (tree != null) {
            return tree;
        }
        Path made = Files.createDirectory(workspace.path("source"));
        Random random = new Random(1);
        byte[][] words = words(random);
        for (int i = 0; i < options.files(); i++) {
            Files.write(made.resolve("file" + i), text(options.bytes(), words, random));
        }
        return made;
    }

    /** Daemons, each with a directory that is emptied between pushes. */
    private final class Farm implements AutoCloseable {
        private final List<Path> modules = new ArrayList<>();
        private final List<DaemonUnderTest> daemons = new ArrayList<>();

        Farm(int replicas) throws IOException {
            for (int i = 0; i < replicas; i++) {
                String name = replicas + "-" + i;
                Path module = Files.createDirectory(workspace.path("copy" + name));
                modules.add(module);
                daemons.add(DaemonUnderTest.start(workspace, options.daemon(), "daemon" + name, module, 0));
            }
        }

        void empty() throws IOException {
            for (Path module : modules) {
                Workspace.delete(module);
                Files.createDirectory(module);
            }
        }

        long cpuMillis() {
            return daemons.stream()
                    .mapToLong(daemon -> ProcessUsage.cpuMillis(daemon.pid()))
                    .sum();
        }

        @Override
        public void close() {
            daemons.forEach(DaemonUnderTest::close);
        }
    }

    /** The median of the rounds by processor time. */
    private void measure(Path source, Farm farm, CompressionType codec, boolean shares)
            throws IOException, ExecutionException, InterruptedException {
        List<Measured> rounds = new ArrayList<>();
        for (int round = 0; round <= options.rounds(); round++) {
            farm.empty();
            Measured measured = push(source, farm, codec, shares);
            if (round > 0) {
                rounds.add(measured);
            }
        }
        rounds.sort((one, other) -> one.own().compareTo(other.own()));
        Measured median = rounds.get(rounds.size() / 2);
        rows.add(List.of(
                options.daemon().label(),
                Integer.toString(farm.daemons.size()),
                codec.toString(),
                shares ? "yes" : "no",
                seconds(median.wall()),
                seconds(median.own()),
                seconds(median.daemons()),
                String.format(Locale.ROOT, "%.1f", median.sent() / 1e6),
                Long.toString(median.figures().made()),
                Long.toString(median.figures().reused())));
        System.err.println(rows.getLast());
    }

    private record Measured(
            Duration wall, Duration own, Duration daemons, long sent, SharedEncodings.Figures figures) {}

    private Measured push(Path source, Farm farm, CompressionType codec, boolean shares)
            throws IOException, ExecutionException, InterruptedException {
        SharedEncodings shared = SharedEncodings.withinHeap();
        shared.among(shares ? farm.daemons.size() : 1);
        RsyncClientBuilder settings =
                RsyncClient.builder().options(options.transfer(codec)).sharing(shared);
        Duration ownBefore = ownCpu();
        long daemonsBefore = farm.cpuMillis();
        long begun = System.nanoTime();
        List<FutureTask<TransferResult>> pushes = new ArrayList<>();
        for (DaemonUnderTest daemon : farm.daemons) {
            FutureTask<TransferResult> push = new FutureTask<>(() -> push(settings, source, daemon.url("")));
            pushes.add(push);
            Thread.ofPlatform().start(push);
        }
        long sent = 0;
        for (FutureTask<TransferResult> push : pushes) {
            TransferResult result = push.get();
            if (result.exitCode() != io.sluice.protocol.ExitCode.OK) {
                throw new IOException("a push was not complete: " + result.exitCode());
            }
            sent += result.statistics().bytesSent();
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - begun);
        Duration own = ownCpu().minus(ownBefore);
        Duration daemons = Duration.ofMillis(farm.cpuMillis() - daemonsBefore);
        return new Measured(wall, own, daemons, sent, shared.figures());
    }

    private static TransferResult push(RsyncClientBuilder settings, Path source, String url) throws IOException {
        byte[] path = (source + "/").getBytes(StandardCharsets.UTF_8);
        try (SourceFiles files = SourceFiles.of(List.of(path))) {
            return settings.build().push(files, Location.parse(url.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1e3);
    }

    private static byte[][] words(Random random) {
        byte[][] words = new byte[WORDS][];
        for (int i = 0; i < WORDS; i++) {
            words[i] = new byte[2 + random.nextInt(8)];
            for (int at = 0; at < words[i].length; at++) {
                words[i][at] = (byte) ('a' + random.nextInt(26));
            }
        }
        return words;
    }

    /** Those words, the first ones more often. */
    private static byte[] text(int size, byte[][] words, Random random) {
        byte[] text = new byte[size];
        Arrays.fill(text, (byte) ' ');
        for (int at = 0; at < size; ) {
            byte[] word = words[(int) (words.length * random.nextDouble() * random.nextDouble())];
            System.arraycopy(word, 0, text, at, Math.min(word.length, size - at));
            at += word.length + 1;
        }
        return text;
    }
}
