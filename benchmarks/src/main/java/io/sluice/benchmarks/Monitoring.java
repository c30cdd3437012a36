package io.sluice.benchmarks;

import io.sluice.watcher.monitor.MonitorKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The time until a tree is watched, the memory that a directory needs, and the changes that are told in a second, by
 * inotify and by fanotify.
 */
@Command(
        name = "monitor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Watches a tree of many directories, and prints the time until it is ready, the heap for a directory"
                        + " and the changes told in a second. fanotify needs root.")
public final class Monitoring {
    @Option(names = "--directories", paramLabel = "N", description = "directories of the tree (100000)")
    private int directories = 100_000;

    @Option(names = "--files", paramLabel = "N", description = "files in each directory (1)")
    private int files = 1;

    @Option(names = "--runs", paramLabel = "N", description = "times to start; the first one is told too (5)")
    private int runs = 5;

    @Option(names = "--kind", paramLabel = "NAME", description = "inotify or fanotify (both)")
    private List<String> kinds = new ArrayList<>();

    @Mixin
    private Places places = new Places();

    private Monitoring() {}

    public static void main(String[] arguments) throws Exception {
        Monitoring monitoring = new Monitoring();
        CommandLineRun.start(monitoring, arguments, monitoring::run);
    }

    private List<String> run() throws IOException, InterruptedException {
        if (directories <= 0 || files < 0 || runs <= 0) {
            throw new IllegalArgumentException("--directories, --files, --runs (expected: > 0)");
        }
        List<String> names = kinds.isEmpty() ? List.of("inotify", "fanotify") : kinds;
        List<MonitorKind> wanted = names.stream().map(MonitorKind::of).toList();
        List<List<String>> rows = new ArrayList<>();
        try (Workspace workspace = places.makeWorkspace()) {
            Path tree = workspace.path("tree");
            System.err.println("making " + directories + " directories");
            List<Path> all = MonitoredTree.make(tree, directories, files);
            for (MonitorKind kind : wanted) {
                System.err.println(kind.text());
                rows.add(new MonitorRun(kind, tree, all, workspace.path("outside")).measure(runs));
            }
        }
        Table table = new Table(MonitorRun.HEADINGS, rows);
        System.out.print(table.text());
        places.write(table);
        return List.of();
    }
}
