package io.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A large tree that never rests, and many replicas: whether a mirror keeps up, and whether it does so at the end as at the beginning.
 *
 * <p>Exits with 0 if every edit arrived and the replicas were equal to the source in the end, 1 if not, 2 if the command line makes no
 * sense.
 */
public final class Farm {
    private Farm() {}

    public static void main(String[] arguments) throws Exception {
        FarmOptions options = new FarmOptions();
        CommandLineRun.start(options, arguments, () -> run(options));
    }

    private static List<String> run(FarmOptions options) throws IOException {
        options.check();
        List<List<String>> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<LiveMirror> mirrors = options.mirrors();
        try (Workspace workspace = options.places().makeWorkspace()) {
            for (LiveMirror mirror : mirrors) {
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
        options.places().write(table);
        return failures;
    }
}
