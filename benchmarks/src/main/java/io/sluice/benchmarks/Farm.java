package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A large tree that never rests, and many replicas: whether a mirror keeps up, and whether it does so at the end as at the beginning.
 *
 * <p>Exits with 0 if every edit arrived and the replicas were equal to the source in the end, 1 if not, 2 if the command line makes no
 * sense.
 */
public final class Farm {
    private Farm() {}

    public static void main(String[] arguments) throws IOException {
        FarmOptions options = new FarmOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            ParseResult parsed = commandLine.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return;
            }
            options.check();
            System.exit(run(options, options.mirrors()));
        } catch (ParameterException | IllegalArgumentException e) {
            System.err.println("farm: " + e.getMessage());
            System.exit(ExitCode.USAGE);
        }
    }

    private static int run(FarmOptions options, List<LiveMirror> mirrors) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (Workspace workspace = Workspace.create(options.directory())) {
            for (LiveMirror mirror : mirrors) {
                if (!mirror.isInstalled()) {
                    System.out.println(mirror.label() + ": left out, not installed");
                    continue;
                }
                System.err.println(mirror.label() + ": " + options.files() + " files");
                FarmRun run = new FarmRun(workspace, options);
                try {
                    run.measure(mirror);
                } catch (IOException e) {
                    failures.add(e.getMessage());
                }
                rows.addAll(run.rows());
            }
            if (options.burst() > 0 && Program.RSYNC.isInstalled()) {
                FarmRun run = new FarmRun(workspace, options);
                run.measureRsync();
                rows.addAll(run.rows());
            }
        }
        Table table = new Table(FarmRun.HEADINGS, rows);
        System.out.print(table.text());
        Path tsv = options.tsv();
        if (tsv != null) {
            Files.writeString(tsv, table.tsv());
        }
        failures.forEach(failure -> System.out.println("FAILED: " + failure));
        return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
