package io.sluice.protocol.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds a writer to a rate in bytes a second ({@code --bwlimit}): what was sent too early is slept off, a tenth of a second at least. */
final class Throttle {
    /** How a throttle sleeps, in nanoseconds. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    private static final long SHORTEST_SLEEP = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SMALLEST_PIECE = 512;
    private static final int PIECES_PER_SECOND = 8;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private long paidUntil; // the time at which everything sent so far is within the rate

    Throttle(long bytesPerSecond, LongSupplier nanoTime, Sleeper sleeper) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        paidUntil = nanoTime.getAsLong();
    }

    /** Returns the most bytes to send at once. */
    int piece() {
        return Math.clamp(bytesPerSecond / PIECES_PER_SECOND, SMALLEST_PIECE, Integer.MAX_VALUE);
    }

    /** Notes that {@code bytes} were sent, and sleeps if that was too much too early. */
    void sent(int bytes) throws IOException {
        long now = nanoTime.getAsLong();
        if (paidUntil - now < 0) {
            paidUntil = now; // idle time is not saved up
        }
        paidUntil += (long) ((double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
        if (paidUntil - now < SHORTEST_SLEEP) {
            return;
        }
        try {
            sleeper.sleep(paidUntil - now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("interrupted while keeping to the rate limit");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
