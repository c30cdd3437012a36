package io.sluice.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches the memory peaks of the processes of a tree until it is stopped, because a process takes its peak with it when it ends.
 *
 * <p>Pages that a process shares with one it forked count for both, as in every tool that reads {@code VmHWM}.
 */
final class PeakSampler {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long root;
    private final Map<Long, Long> peaks = new HashMap<>();
    private final Thread thread;
    private volatile boolean stopped;

    private PeakSampler(long root) {
        this.root = root;
        this.thread = Thread.ofPlatform().daemon().name("peaks of " + root).unstarted(this::run);
    }

    static PeakSampler start(long root) {
        PeakSampler sampler = new PeakSampler(root);
        sampler.thread.start();
        return sampler;
    }

    private void run() {
        while (!stopped) {
            look();
            LockSupport.parkNanos(PERIOD_NANOS);
        }
        look();
    }

    private void look() {
        for (long pid : ProcessUsage.tree(root)) {
            long peak = ProcessUsage.peakBytes(pid);
            if (peak > 0) {
                peaks.put(pid, peak);
            }
        }
    }

    /** Ends the watching and returns the peaks of all processes seen, added up, in bytes. */
    long stop() {
        stopped = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return peaks.values().stream().mapToLong(Long::longValue).sum();
    }
}
