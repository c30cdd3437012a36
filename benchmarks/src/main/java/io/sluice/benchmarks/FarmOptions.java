package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code benchmarks/farm}. */
@Command(
        name = "farm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Edits a tree without pause with a live mirror to many replicas, and prints, minute by minute, how"
                        + " long edits take to be visible on all; then makes many new files at once, and prints how long"
                        + " the replicas take to have them.")
final class FarmOptions {
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

    @Mixin
    private Contestants contestants = new Contestants();

    @Option(names = "--only-against", description = "leave ours out")
    private boolean onlyAgainst;

    @Mixin
    private Places places = new Places();

    /** @throws IllegalArgumentException if a number makes no sense */
    void check() {
        if (replicas < 1 || files < 1 || rate < 1 || minutes < 0 || burst < 0) {
            throw new IllegalArgumentException("--replicas, --files, --rate, --minutes, --burst (expected: > 0)");
        }
        contestants.check();
    }

    Publication.Farm farm() {
        return new Publication.Farm(contestants.daemon(), replicas);
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

    /** Ours and those it is to be compared with. */
    List<LiveMirror> mirrors() {
        List<LiveMirror> mirrors = new ArrayList<>(onlyAgainst ? List.of() : List.of(LiveMirror.OURS));
        mirrors.addAll(contestants.others());
        return mirrors;
    }

    Places places() {
        return places;
    }
}
