package io.sluice.daemon.hook;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A thread for each command that somebody has to wait for: one that hangs keeps nobody but its own connection waiting. Thread-safe. */
public final class HookThreads {
    private final Set<Thread> active = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();

    /** Starts work on a thread of its own. */
    public void start(Runnable work) {
        Thread thread = Thread.ofPlatform()
                .name("hook-" + numbers.incrementAndGet())
                .unstarted(() -> {
                    try {
                        work.run();
                    } finally {
                        active.remove(Thread.currentThread());
                    }
                });
        active.add(thread);
        thread.start();
    }

    /** Number of those that are at work. */
    public int count() {
        return active.size();
    }

    /** Waits for all to end. */
    public void await() throws InterruptedException {
        for (Thread thread : active) {
            thread.join();
        }
    }

    /** Waits for all to end, and no longer than {@code patience} for their commands, which go on by themselves. */
    public void close(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : active) {
            if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                thread.interrupt();
                thread.join();
            }
        }
    }
}
