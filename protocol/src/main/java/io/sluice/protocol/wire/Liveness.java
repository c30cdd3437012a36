package io.sluice.protocol.wire;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which nothing has moved for too long while one of our threads waited for the peer ({@code --timeout}).
 *
 * <p>Movement in either direction counts: a peer that is busy sending a large file need not read, and one that is busy storing it need not send.
 */
final class Liveness {
    private final LongSupplier nanoTime;
    private final List<Consumer<TransferException>> victims = new ArrayList<>(2);
    private volatile long lastMove;
    private volatile @Nullable TransferException expiry;
    private int waiting;
    private long timeoutNanos;
    private int generation;

    /** Makes one that reads the time in nanoseconds from {@code nanoTime}. */
    Liveness(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        lastMove = nanoTime.getAsLong();
    }

    /** Adds what to do, on a thread of its own, when the connection has to end. */
    synchronized void onExpiry(Consumer<TransferException> victim) {
        victims.add(victim);
    }

    /** Notes that bytes were sent or received. */
    void moved() {
        lastMove = nanoTime.getAsLong();
    }

    /** Notes that a thread begins to wait for the peer. */
    synchronized void waitBegins() {
        waiting++;
        moved();
    }

    /** Notes that a thread no longer waits for the peer. */
    synchronized void waitEnds() {
        waiting--;
    }

    /** Sets the longest quiet time in seconds; 0 = no limit. Counts from the last movement, not from now. */
    void setTimeout(int seconds) {
        int current;
        synchronized (this) {
            timeoutNanos = TimeUnit.SECONDS.toNanos(seconds);
            current = ++generation; // a look that was planned for the old limit is void
        }
        check(current);
    }

    /** Returns why the connection was ended, or null if it was not. */
    @Nullable
    TransferException expiry() {
        return expiry;
    }

    /** Forgets the connection, which was closed. */
    synchronized void stop() {
        timeoutNanos = 0;
        victims.clear();
    }

    /** Ends the connection if it is due; otherwise looks again when it may be. */
    private void check(int planned) {
        List<Consumer<TransferException>> condemned;
        TransferException reason;
        synchronized (this) {
            if (planned != generation || timeoutNanos == 0 || expiry != null) {
                return;
            }
            long quiet = nanoTime.getAsLong() - lastMove;
            if (waiting == 0 || quiet < timeoutNanos) {
                long soon = timeoutNanos / 4; // threads begin to wait at any time
                checkLater(planned, waiting == 0 ? soon : Math.min(soon, timeoutNanos - quiet));
                return;
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(quiet);
            reason = new TransferException(ExitCode.TIMEOUT, "io timeout after " + seconds + " seconds -- exiting");
            expiry = reason;
            condemned = List.copyOf(victims);
        }
        condemned.forEach(victim -> victim.accept(reason));
    }

    /** Plans the next look without holding on to a connection that everybody else has dropped. */
    private void checkLater(int planned, long nanos) {
        var self = new WeakReference<>(this);
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Liveness::startThread)
                .execute(() -> {
                    Liveness liveness = self.get();
                    if (liveness != null) {
                        liveness.check(planned);
                    }
                });
    }

    private static void startThread(Runnable task) {
        Thread.ofPlatform().daemon().name("sluice-timeout").start(task);
    }
}
