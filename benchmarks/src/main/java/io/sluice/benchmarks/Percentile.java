package io.sluice.benchmarks;

import java.util.Arrays;

/** What most of some latencies did not exceed. */
final class Percentile {
    private static final double NANOS_PER_MILLI = 1e6;

    private Percentile() {}

    /** The smallest of {@code nanos}, in milliseconds, that {@code percent} of 100 do not exceed. */
    static double millis(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }
}
