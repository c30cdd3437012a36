package io.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sluice beside the installed rsync: every pairing of client and daemon, over loopback, in one run.
 *
 * <p>Exits with 0 if every transfer left the right tree, 1 if one did not, 2 if the command line makes no sense.
 */
public final class Compare {
    private Compare() {}

    public static void main(String[] arguments) throws Exception {
        CompareOptions options = new CompareOptions();
        CommandLineRun.start(options, arguments, () -> run(options));
    }

    private static List<String> run(CompareOptions options) throws IOException, InterruptedException {
        List<Workload> workloads = options.workloads();
        List<Pairing> pairings = pairings();
        List<Result> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (Workspace workspace = options.places().makeWorkspace()) {
            for (Workload workload : workloads) {
                System.err.println(workload.scenario().label() + ": " + workload.size());
                Comparison comparison =
                        new Comparison(workspace, workload, options.clientOptions(), options.rate(), System.err);
                results.addAll(comparison.run(pairings, options.rounds()));
                failures.addAll(comparison.failures());
            }
        }
        Report report = new Report(results);
        System.out.print(report.table().text());
        System.out.println(
                "Medians; x: ratio to rsync→rsync; peak MiB: client and daemon with their children, heap of ours "
                        + Program.HEAP_LIMIT + ".");
        options.places().write(report.data());
        return failures;
    }

    private static List<Pairing> pairings() {
        return Arrays.stream(Pairing.values())
                .filter(pairing -> Program.RSYNC.isInstalled() || !pairing.uses(Program.RSYNC))
                .toList();
    }
}
