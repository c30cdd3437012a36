package io.sluice.benchmarks;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What one pairing took for one transfer of a workload.
 *
 * @param measurements one for each round; at least one
 */
record Result(Workload workload, Direction direction, Pairing pairing, List<Measurement> measurements) {
    Result {
        measurements = List.copyOf(measurements);
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("measurements: none (expected: one or more)");
        }
    }

    /** Whether the other is the same transfer, perhaps by another pairing. */
    boolean isSameTransfer(Result other) {
        return workload.equals(other.workload) && direction == other.direction;
    }

    /** The middle value of a figure over the rounds; the mean of the two middle ones if their number is even. */
    double median(ToLongFunction<Measurement> figure) {
        long[] sorted = measurements.stream().mapToLong(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}
