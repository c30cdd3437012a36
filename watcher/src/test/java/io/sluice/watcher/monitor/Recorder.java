package io.sluice.watcher.monitor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps what a monitor tells; a test waits for what it expects, up to a deadline that only a failure reaches. */
final class Recorder implements ChangeListener {
    private static final long DEADLINE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private List<Change> changes = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final CountDownLatch listEnded = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Keeps the monitor's thread inside its listener until the test opens the gate. */
    CountDownLatch hold() {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        return closed;
    }

    @Override
    public void changed(Change change) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        lock.lock();
        try {
            changes.add(change);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void trouble(Trouble trouble) {
        lock.lock();
        try {
            troubles.add(trouble);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void endOfList() {
        listEnded.countDown();
    }

    void awaitEndOfList() throws InterruptedException {
        if (!listEnded.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("not told: the end of the list");
        }
    }

    /** Waits for a change of any path. */
    Change await(ChangeKind kind) throws InterruptedException {
        return await(c -> c.is(kind));
    }

    Change await(Predicate<Change> wanted) throws InterruptedException {
        return awaitFirst(() -> changes, wanted, "what was expected");
    }

    /** Waits for a change among those not taken yet. */
    Change await(String path, ChangeKind kind) throws InterruptedException {
        return awaitFirst(() -> changes, c -> text(c).equals(path) && c.is(kind), kind + " " + path);
    }

    Trouble await(Trouble.Kind kind) throws InterruptedException {
        return awaitFirst(() -> troubles, t -> t.kind() == kind, kind.toString());
    }

    private interface Source<T> {
        List<T> get();
    }

    private <T> T awaitFirst(Source<T> source, Predicate<T> wanted, String what) throws InterruptedException {
        long nanos = TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        lock.lock();
        try {
            while (true) {
                for (T candidate : source.get()) {
                    if (wanted.test(candidate)) {
                        return candidate;
                    }
                }
                if (nanos <= 0) {
                    throw new AssertionError("not told: " + what + "; told: " + changes + " " + troubles);
                }
                nanos = more.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All told so far and not taken before. */
    List<Change> take() {
        lock.lock();
        try {
            List<Change> taken = changes;
            changes = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    List<Trouble> troubles() {
        lock.lock();
        try {
            return List.copyOf(troubles);
        } finally {
            lock.unlock();
        }
    }

    static String text(Change change) {
        return new String(change.path(), StandardCharsets.UTF_8);
    }
}
