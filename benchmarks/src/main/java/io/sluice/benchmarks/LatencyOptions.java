package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code benchmarks/latency}. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Edits a tree with a live mirror to three replicas, and prints how long edits take to be visible on all.")
final class LatencyOptions {
    private static final List<Integer> FILES = List.of(2_000, 20_000);
    private static final String RSYNC = "rsync";

    @Option(names = "--files", paramLabel = "N", description = "files of the tree; can be given again (2000 and 20000)")
    private List<Integer> files = new ArrayList<>();

    @Option(names = "--edits", paramLabel = "N", description = "edits that count (300)")
    private int edits = 300;

    @Option(names = "--warm-up", paramLabel = "N", description = "edits before those (100)")
    private int warmUp = 100;

    @Option(names = "--rate", paramLabel = "N", description = "edits in a second (10)")
    private double rate = 10;

    @Option(names = "--daemon", paramLabel = "NAME", description = "what the replicas run: ours or rsync (ours)")
    private String daemon = "ours";

    @Option(
            names = "--against",
            paramLabel = "NAME",
            description = "also measure lsyncd (with rsync; delays 1 and 0) or loop (inotifywait and rsync)")
    private List<String> against = new ArrayList<>();

    @Option(names = "--directory", paramLabel = "DIR", description = "where to make the trees (/dev/shm)")
    private Path directory = Path.of("/dev/shm");

    @Option(names = "--tsv", paramLabel = "FILE", description = "also write the table to a file, with tabs")
    private @Nullable Path tsv;

    @Option(names = "--json", paramLabel = "FILE", description = "also write the table to a file, as JSON")
    private @Nullable Path json;

    /** @throws IllegalArgumentException if a number makes no sense */
    void check() {
        boolean positive =
                edits > 0 && warmUp >= 0 && rate > 0 && files.stream().allMatch(count -> count > 0);
        if (!positive) {
            throw new IllegalArgumentException("--files, --edits, --rate (expected: > 0)");
        }
        if (!daemon.equals(RSYNC) && !daemon.equals("ours")) {
            throw new IllegalArgumentException("--daemon: " + daemon + " (expected: ours or rsync)");
        }
    }

    List<Integer> files() {
        return files.isEmpty() ? FILES : files;
    }

    int edits() {
        return edits;
    }

    int warmUp() {
        return warmUp;
    }

    /** Edits in a second. */
    double rate() {
        return rate;
    }

    Program daemon() {
        return daemon.equals(RSYNC) ? Program.RSYNC : Program.OURS;
    }

    /** Ours and those it is to be compared with, installed or not. */
    List<LiveMirror> mirrors() {
        List<LiveMirror> mirrors = new ArrayList<>(List.of(LiveMirror.OURS));
        against.forEach(name -> mirrors.addAll(LiveMirror.named(name)));
        return mirrors;
    }

    Path directory() {
        return directory;
    }

    @Nullable
    Path tsv() {
        return tsv;
    }

    @Nullable
    Path json() {
        return json;
    }
}
