package io.sluice.daemon.hook;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thread for each command that somebody has to wait for: one that hangs keeps nobody but its own connection waiting. Once closed, it still starts
 * commands, as a connection may end late, and waits for none. Thread-safe.
 */
public final class HookThreads {
    private final Set<Thread> active = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private boolean closed;

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
        begin(thread);
    }

    /** Whatever is active for others has been started: one could not wait for it otherwise. */
    private synchronized void begin(Thread thread) {
        active.add(thread);
        boolean begun = false;
        try {
            thread.start();
            begun = true;
        } finally {
            if (!begun) {
                active.remove(thread);
            }
        }
        if (closed) {
            thread.interrupt();
        }
    }

    /** Number of those that are at work. */
    public int count() {
        return active.size();
    }

    /** Waits for all to end. */
    public void await() throws InterruptedException {
        for (Thread thread : all()) {
            thread.join();
        }
    }

    /** Waits for all to end, and no longer than {@code patience} for their commands, which go on by themselves. One that ends may start another. */
    public void close(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (List<Thread> now = all(); !now.isEmpty() && System.nanoTime() < end; now = all()) {
            for (Thread thread : now) {
                var _ = thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        }
        for (List<Thread> late = interruptAll(); !late.isEmpty(); late = interruptAll()) {
            for (Thread thread : late) {
                thread.join();
            }
        }
    }

    private synchronized List<Thread> all() {
        return List.copyOf(active);
    }

    private synchronized List<Thread> interruptAll() {
        closed = true;
        active.forEach(Thread::interrupt);
        return List.copyOf(active);
    }
}
