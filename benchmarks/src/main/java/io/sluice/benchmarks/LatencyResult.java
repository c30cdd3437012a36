package io.sluice.benchmarks;

import java.util.Arrays;
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
    private static final double NANOS_PER_MILLI = 1e6;

    static Table table(List<LatencyResult> results) {
        return new Table(HEADINGS, results.stream().map(LatencyResult::row).toList());
    }

    private List<String> row() {
        return List.of(
                mirror.label(),
                daemon.label(),
                Integer.toString(files),
                Integer.toString(latencies.length),
                decimal(percentile(50)),
                decimal(percentile(90)),
                decimal(percentile(99)),
                decimal(percentile(100)),
                decimal((double) mirrorCpuMillis / latencies.length),
                decimal((double) daemonCpuMillis / latencies.length));
    }

    /** The smallest latency, in milliseconds, that {@code percent} of 100 edits did not exceed. */
    private double percentile(int percent) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
