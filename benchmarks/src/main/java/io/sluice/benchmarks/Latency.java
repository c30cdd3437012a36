package io.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * From an edit's close to its being visible on three replicas, and the processor time that an edit costs.
 *
 * <p>Exits with 0 if every edit arrived and the replicas were equal to the source in the end, 1 if not, 2 if the command line makes no
 * sense.
 */
public final class Latency {
    private Latency() {}

    public static void main(String[] arguments) throws Exception {
        LatencyOptions options = new LatencyOptions();
        CommandLineRun.start(options, arguments, () -> run(options));
    }

    private static List<String> run(LatencyOptions options) throws IOException {
        options.check();
        List<LatencyResult> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<LiveMirror> mirrors = options.mirrors();
        try (Workspace workspace = options.places().makeWorkspace()) {
            for (LiveMirror mirror : mirrors) {
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
        options.places().write(table);
        return failures;
    }
}
