package io.sluice.watcher.monitor;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the whole tree as perhaps changed, again and again. */
final class PollingWatch implements TreeWatch {
    private static final byte[] ROOT = {};
    private static final MonitorStatistics STATISTICS = new MonitorStatistics(MonitorKind.POLL, "", 0, 0, 0, 0);

    private final ChangeListener listener;
    private final long intervalNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long nextAt;

    PollingWatch(MonitorSettings settings, ChangeListener listener) {
        this.listener = listener;
        this.intervalNanos = settings.rescanInterval().toNanos();
    }

    @Override
    public void begin() {
        nextAt = System.nanoTime() + intervalNanos;
    }

    @Override
    public void watch(long timeoutMillis) throws IOException {
        long wait = Math.min(nextAt - System.nanoTime(), timeoutMillis * 1_000_000);
        try {
            if (closed.await(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
                throw new IOException("monitor: closed (expected: open)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("monitor: interrupted", e);
        }
        if (System.nanoTime() - nextAt >= 0) {
            nextAt = System.nanoTime() + intervalNanos;
            listener.changed(new Change(ROOT, Set.of(ChangeKind.SUBTREE), true));
        }
    }

    @Override
    public void mountsChanged() {}

    @Override
    public MonitorStatistics statistics() {
        return STATISTICS;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
