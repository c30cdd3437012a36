package io.sluice.protocol.wire;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
    /** Looks at all connections; whatever takes longer than that has a thread of its own. */
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final LongSupplier nanoTime;
    private final List<Consumer<TransferException>> victims = new ArrayList<>(2);
    private volatile long lastMove;
    private volatile @Nullable TransferException expiry;
    private int waiting;
    private long timeoutNanos;
    private @Nullable Future<?> nextLook;

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
    synchronized void setTimeout(int seconds) {
        timeoutNanos = TimeUnit.SECONDS.toNanos(seconds);
        look();
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
        look();
    }

    /** Ends the connection if it is due; otherwise looks again when it may be. */
    private synchronized void look() {
        if (nextLook != null) {
            nextLook.cancel(false); // it was planned for another limit, or is this one
            nextLook = null;
        }
        if (timeoutNanos == 0 || expiry != null) {
            return;
        }
        long quiet = nanoTime.getAsLong() - lastMove;
        if (waiting == 0 || quiet < timeoutNanos) {
            long soon = timeoutNanos / 4; // threads begin to wait at any time
            nextLook = lookLater(waiting == 0 ? soon : Math.min(soon, timeoutNanos - quiet));
            return;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(quiet);
        TransferException reason =
                new TransferException(ExitCode.TIMEOUT, "io timeout after " + seconds + " seconds -- exiting");
        expiry = reason;
        List<Consumer<TransferException>> condemned = List.copyOf(victims);
        Thread.ofPlatform()
                .daemon()
                .name("sluice-expiry")
                .start(() -> condemned.forEach(victim -> victim.accept(reason)));
    }

    /** Plans the next look without holding on to a connection that everybody else has dropped. */
    private Future<?> lookLater(long nanos) {
        var self = new WeakReference<>(this);
        return CLOCK.schedule(
                () -> {
                    Liveness liveness = self.get();
                    if (liveness != null) {
                        liveness.look();
                    }
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("sluice-timeout").factory());
        clock.setRemoveOnCancelPolicy(true); // most connections end long before
        clock.prestartCoreThread(); // now, when nobody has assumed another identity, which it would have for ever
        return clock;
    }
}
