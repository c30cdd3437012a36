package io.sluice.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time at which {@code --stop-at} or {@code --stop-after} ends a transfer, wherever it stands. */
final class Deadline implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean passed;

    private Deadline() {}

    /**
     * Begins to wait.
     *
     * @param time seconds since 1970; 0: never
     * @param stop breaks the transfer off
     */
    static Deadline of(long time, Runnable stop) {
        Deadline deadline = new Deadline();
        if (time > 0) {
            Thread.ofPlatform().daemon().name("deadline").start(() -> deadline.await(time, stop));
        }
        return deadline;
    }

    private void await(long time, Runnable stop) {
        try {
            long left = TimeUnit.SECONDS.toMillis(time) - System.currentTimeMillis();
            while (left > 0 && !over.await(Math.min(left, TimeUnit.MINUTES.toMillis(1)), TimeUnit.MILLISECONDS)) {
                left = TimeUnit.SECONDS.toMillis(time) - System.currentTimeMillis(); // the clock may have been set
            }
            if (left <= 0) {
                passed = true;
                stop.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It broke the transfer off. */
    boolean hasPassed() {
        return passed;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
