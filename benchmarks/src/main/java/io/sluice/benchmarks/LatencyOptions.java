package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code benchmarks/latency}. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Edits a tree with a live mirror to three replicas, and prints how long edits take to be visible on"
                        + " all.")
final class LatencyOptions {
    private static final List<Integer> FILES = List.of(2_000, 20_000);

    @Option(names = "--files", paramLabel = "N", description = "files of the tree; can be given again (2000 and 20000)")
    private List<Integer> files = new ArrayList<>();

    @Option(names = "--edits", paramLabel = "N", description = "edits that count (300)")
    private int edits = 300;

    @Option(names = "--warm-up", paramLabel = "N", description = "edits before those (100)")
    private int warmUp = 100;

    @Option(names = "--rate", paramLabel = "N", description = "edits in a second (10)")
    private double rate = 10;

    @Mixin
    private Contestants contestants = new Contestants();

    @Mixin
    private Places places = new Places();

    /** @throws IllegalArgumentException if a number makes no sense */
    void check() {
        boolean positive =
                edits > 0 && warmUp >= 0 && rate > 0 && files.stream().allMatch(count -> count > 0);
        if (!positive) {
            throw new IllegalArgumentException("--files, --edits, --rate (expected: > 0)");
        }
        contestants.check();
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
        return contestants.daemon();
    }

    /** Ours and those it is to be compared with. */
    List<LiveMirror> mirrors() {
        List<LiveMirror> mirrors = new ArrayList<>(List.of(LiveMirror.OURS));
        mirrors.addAll(contestants.others());
        return mirrors;
    }

    Places places() {
        return places;
    }
}
