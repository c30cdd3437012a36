package io.sluice.watcher.mirror;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The real clock. */
final class SystemPulse implements Pulse {
    private final Semaphore wakes = new Semaphore(0);

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        if (nanos == FOREVER) {
            wakes.acquire();
            wakes.drainPermits();
        } else if (wakes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            wakes.drainPermits();
        }
    }

    @Override
    public void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }
}
