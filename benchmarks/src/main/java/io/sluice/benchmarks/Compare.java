package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Sluice beside the installed rsync: every pairing of client and daemon, over loopback, in one run.
 *
 * <p>Exits with 0 if every transfer left the right tree, 1 if one did not, 2 if the command line makes no sense.
 */
public final class Compare {
    private Compare() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        CompareOptions options = new CompareOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            ParseResult parsed = commandLine.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return;
            }
            System.exit(run(options, options.workloads()));
        } catch (ParameterException | IllegalArgumentException e) {
            System.err.println("compare: " + e.getMessage());
            System.exit(ExitCode.USAGE);
        }
    }

    private static int run(CompareOptions options, List<Workload> workloads) throws IOException, InterruptedException {
        List<Pairing> pairings = pairings();
        List<Result> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (Workspace workspace = Workspace.create(options.directory())) {
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
        write(options.tsv(), report.data().tsv());
        write(options.json(), report.data().json());
        failures.forEach(failure -> System.out.println("FAILED: " + failure));
        return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static List<Pairing> pairings() {
        return Arrays.stream(Pairing.values())
                .filter(pairing -> Program.RSYNC.isInstalled() || !pairing.uses(Program.RSYNC))
                .toList();
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
