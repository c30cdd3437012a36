package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code benchmarks/farm}. */
@Command(
        name = "farm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Edits a tree without pause with a live mirror to many replicas, and prints, minute by minute, how long edits take to"
                        + " be visible on all; then makes many new files at once, and prints how long the replicas take to have them.")
final class FarmOptions {
    private static final String RSYNC = "rsync";

    @Option(names = "--replicas", paramLabel = "N", description = "daemons (20)")
    private int replicas = 20;

    @Option(names = "--files", paramLabel = "N", description = "files of the tree (91904)")
    private int files = 91_904;

    @Option(names = "--rate", paramLabel = "N", description = "edits in a minute (10000)")
    private int rate = 10_000;

    @Option(names = "--minutes", paramLabel = "N", description = "how long (5)")
    private int minutes = 5;

    @Option(names = "--burst", paramLabel = "N", description = "new files at once, at the end; 0: none (20000)")
    private int burst = 20_000;

    @Option(names = "--daemon", paramLabel = "NAME", description = "what the replicas run: ours or rsync (ours)")
    private String daemon = "ours";

    @Option(
            names = "--against",
            paramLabel = "NAME",
            description = "also measure lsyncd (with rsync; delays 1 and 0) or loop (inotifywait and rsync)")
    private List<String> against = new ArrayList<>();

    @Option(names = "--only-against", description = "leave ours out")
    private boolean onlyAgainst;

    @Option(names = "--directory", paramLabel = "DIR", description = "where to make the trees (/dev/shm)")
    private Path directory = Path.of("/dev/shm");

    @Option(names = "--tsv", paramLabel = "FILE", description = "also write the table to a file, with tabs")
    private @Nullable Path tsv;

    /** @throws IllegalArgumentException if a number makes no sense */
    void check() {
        if (replicas < 1 || files < 1 || rate < 1 || minutes < 0 || burst < 0) {
            throw new IllegalArgumentException("--replicas, --files, --rate, --minutes, --burst (expected: > 0)");
        }
        if (!daemon.equals(RSYNC) && !daemon.equals("ours")) {
            throw new IllegalArgumentException("--daemon: " + daemon + " (expected: ours or rsync)");
        }
    }

    Publication.Farm farm() {
        return new Publication.Farm(daemon.equals(RSYNC) ? Program.RSYNC : Program.OURS, replicas);
    }

    int files() {
        return files;
    }

    /** Edits in a minute. */
    int rate() {
        return rate;
    }

    int minutes() {
        return minutes;
    }

    int burst() {
        return burst;
    }

    /** Ours and those it is to be compared with, installed or not. */
    List<LiveMirror> mirrors() {
        List<LiveMirror> mirrors = new ArrayList<>(onlyAgainst ? List.of() : List.of(LiveMirror.OURS));
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
}
