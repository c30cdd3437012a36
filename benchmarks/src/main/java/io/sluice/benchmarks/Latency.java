package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * From an edit's close to its being visible on three replicas, and the processor time that an edit costs.
 *
 * <p>Exits with 0 if every edit arrived and the replicas were equal to the source in the end, 1 if not, 2 if the command line makes no
 * sense.
 */
public final class Latency {
    private Latency() {}

    public static void main(String[] arguments) throws IOException {
        LatencyOptions options = new LatencyOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            ParseResult parsed = commandLine.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return;
            }
            options.check();
            System.exit(run(options, options.mirrors()));
        } catch (ParameterException | IllegalArgumentException e) {
            System.err.println("latency: " + e.getMessage());
            System.exit(ExitCode.USAGE);
        }
    }

    private static int run(LatencyOptions options, List<LiveMirror> mirrors) throws IOException {
        List<LatencyResult> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (Workspace workspace = Workspace.create(options.directory())) {
            for (LiveMirror mirror : mirrors) {
                if (!mirror.isInstalled()) {
                    System.out.println(mirror.label() + ": left out, not installed");
                    continue;
                }
                for (int files : options.files()) {
                    System.err.println(mirror.label() + ": " + files + " files");
                    try {
                        results.add(new LatencyRun(workspace, options).measure(mirror, files));
                    } catch (IOException e) {
                        failures.add(e.getMessage());
                    }
                }
            }
        }
        Table table = LatencyResult.table(results);
        System.out.print(table.text());
        write(options.tsv(), table.tsv());
        write(options.json(), table.json());
        failures.forEach(failure -> System.out.println("FAILED: " + failure));
        return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
