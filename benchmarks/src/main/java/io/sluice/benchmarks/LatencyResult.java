package io.sluice.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * How a live mirror did on a tree of a size.
 *
 * @param files of the tree
 * @param latencies nanoseconds from the close of each edit to its being visible on the last replica
 * @param mirrorCpuMillis of the mirror and its children for all of the edits
 * @param daemonCpuMillis of all daemons and their children for all of the edits
 */
record LatencyResult(
        LiveMirror mirror, Program daemon, int files, long[] latencies, long mirrorCpuMillis, long daemonCpuMillis) {
    private static final List<String> HEADINGS = List.of(
            "mirror",
            "daemons",
            "files",
            "edits",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "max ms",
            "mirror cpu ms/edit",
            "daemons cpu ms/edit");

    static Table table(List<LatencyResult> results) {
        return new Table(HEADINGS, results.stream().map(LatencyResult::row).toList());
    }

    private List<String> row() {
        return List.of(
                mirror.label(),
                daemon.label(),
                Integer.toString(files),
                Integer.toString(latencies.length),
                decimal(Percentile.millis(latencies, 50)),
                decimal(Percentile.millis(latencies, 90)),
                decimal(Percentile.millis(latencies, 99)),
                decimal(Percentile.millis(latencies, 100)),
                decimal((double) mirrorCpuMillis / latencies.length),
                decimal((double) daemonCpuMillis / latencies.length));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
