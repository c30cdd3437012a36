package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code benchmarks/compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs Sluice and the installed rsync side by side, checks every result, and prints medians.")
final class CompareOptions {
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 3;

    @Option(names = "--quick", description = "a tenth of the size, three rounds")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "rounds that count (5)")
    private int rounds;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "large, small, no-op, delta or tiny; can be given again (all)")
    private List<String> scenarios = new ArrayList<>();

    @Option(names = "--files", paramLabel = "N", description = "number of files, where there are many")
    private int files;

    @Option(names = "--size", paramLabel = "BYTES", description = "size of the file, where there is one")
    private long size;

    @Option(
            names = "--option",
            paramLabel = "OPTION",
            description = "give our client this option too, such as --option=--connections=4; can be given again")
    private List<String> clientOptions = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "BYTES",
            description = "bytes a second that each connection may carry, as on a long line (no limit)")
    private long rate;

    @Mixin
    private Places places = new Places();

    int rounds() {
        return rounds > 0 ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
    }

    /** What our client gets besides what rsync's gets. */
    List<String> clientOptions() {
        return Collections.unmodifiableList(clientOptions);
    }

    /** Bytes a second for each connection; 0 = no limit. */
    long rate() {
        return rate;
    }

    Places places() {
        return places;
    }

    /** @throws IllegalArgumentException if a scenario is unknown or a size makes no sense */
    List<Workload> workloads() {
        List<Scenario> chosen = scenarios.isEmpty()
                ? Arrays.asList(Scenario.values())
                : scenarios.stream().map(Scenario::of).toList();
        return chosen.stream().map(this::workload).toList();
    }

    private Workload workload(Scenario scenario) {
        Workload workload = scenario.workload(quick);
        if (scenario.isOneFile()) {
            return size == 0 ? workload : workload.withFileBytes(size);
        }
        return files == 0 ? workload : workload.withFiles(files);
    }
}
