package io.sluice.watcher.mirror;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Times to wait between attempts: each twice the one before up to a limit, and of that a random half to the whole. */
final class Backoff {
    private final long firstNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long nextNanos;

    Backoff(Duration first, Duration max, RandomGenerator random) {
        this.firstNanos = first.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        this.nextNanos = Math.min(firstNanos, maxNanos);
    }

    /** The time to wait after one more failure, in nanoseconds. */
    long next() {
        long whole = nextNanos;
        nextNanos = Math.min(maxNanos, 2 * whole);
        long half = whole / 2;
        return half + (half == 0 ? 0 : random.nextLong(half + 1));
    }

    /** Begins anew, after a success. */
    void reset() {
        nextNanos = Math.min(firstNanos, maxNanos);
    }
}
