package io.sluice.app.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long each change took to the last node. */
final class Timings {
    private final List<Long> slowest = new ArrayList<>();
    private int missed;

    /** Adds a change's nanoseconds for each node; null if it did not arrive. */
    void add(long @Nullable [] nanos) {
        if (nanos == null) {
            missed++;
        } else {
            slowest.add(Arrays.stream(nanos).max().orElse(0));
        }
    }

    int count() {
        return slowest.size() + missed;
    }

    int missed() {
        return missed;
    }

    /** Returns milliseconds that {@code percent} of the changes needed at the most; 0 without changes. */
    double percentile(int percent) {
        if (slowest.isEmpty()) {
            return 0;
        }
        List<Long> sorted = slowest.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1)) / 1e6;
    }
}
