package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How far apart three replicas show a batch of files. Two spreads are told, each the median and the worst of some
 * batches: between the moments at which the first and the last replica have all of it, and between the first file that
 * anybody shows and the last that all show, in which replicas differ or show half of it.
 */
@Command(
        name = "together",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Changes files of a tree that three replicas have, and prints how far apart they show them.")
public final class Together {
    private static final double NANOS_PER_MILLI = 1e6;

    @Option(names = "--files", paramLabel = "N", description = "files of the tree (5000)")
    private int files = 5000;

    @Option(names = "--batch", paramLabel = "N", description = "files that change together (500)")
    private int batch = 500;

    @Option(names = "--rounds", paramLabel = "N", description = "batches (10)")
    private int rounds = 10;

    @Option(names = "--daemon", paramLabel = "NAME", description = "what the replicas run: ours or rsync (rsync)")
    private String daemon = "rsync";

    @Option(names = "--directory", paramLabel = "DIR", description = "where to make the trees (/dev/shm)")
    private Path directory = Path.of("/dev/shm");

    private Together() {}

    public static void main(String[] arguments) throws Exception {
        Together together = new Together();
        CommandLineRun.start(together, arguments, together::run);
    }

    private List<String> run() throws IOException {
        Program program = daemon.equals("ours") ? Program.OURS : Program.RSYNC;
        System.out.printf(
                Locale.ROOT,
                "%d of %d files change, %d times; three replicas with the daemon of %s; milliseconds, median / worst%n",
                batch,
                files,
                rounds,
                program.label());
        System.out.printf("%-26s %20s %28s%n", "", "all of it, first to last", "first file to last anywhere");
        for (TogetherRun.Manner manner : TogetherRun.Manner.values()) {
            try (Workspace workspace = Workspace.create(directory);
                    TogetherRun run = new TogetherRun(workspace, manner, program, files)) {
                print(manner.label(), run.measure(batch, rounds));
            }
        }
        return List.of();
    }

    private static void print(String label, List<TogetherRun.Spread> spreads) {
        long[] whole = spreads.stream()
                .mapToLong(TogetherRun.Spread::wholeNanos)
                .sorted()
                .toArray();
        long[] mixed = spreads.stream()
                .mapToLong(TogetherRun.Spread::mixedNanos)
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%-26s %11.1f / %6.1f %19.1f / %6.1f%n",
                label,
                median(whole),
                whole[whole.length - 1] / NANOS_PER_MILLI,
                median(mixed),
                mixed[mixed.length - 1] / NANOS_PER_MILLI);
    }

    private static double median(long[] sorted) {
        return sorted[sorted.length / 2] / NANOS_PER_MILLI;
    }
}
