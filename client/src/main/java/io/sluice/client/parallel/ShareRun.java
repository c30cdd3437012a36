package io.sluice.client.parallel;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a session for each share, all at the same time. A connection that is refused leaves its share to the others; what no session did is left undone,
 * and not an error here.
 */
final class ShareRun {
    private static final int TRIES = 3;
    private static final long BETWEEN_TRIES_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Session session;
    private final Consumer<String> note;
    private final ConcurrentLinkedDeque<List<byte[]>> waiting = new ConcurrentLinkedDeque<>();
    private final List<TransferStatistics> figures = new ArrayList<>();
    private @Nullable TransferException failure;

    /** Transfers the entries of these names. */
    @FunctionalInterface
    interface Session {
        TransferResult transfer(List<byte[]> names) throws IOException;
    }

    ShareRun(Session session, Consumer<String> note) {
        this.session = session;
        this.note = note;
    }

    /**
     * Returns the figures of the sessions that came to their end.
     *
     * @throws TransferException if one ended by a defect or an error of the machine, which is not for another connection to mend
     */
    List<TransferStatistics> run(List<List<byte[]>> shares) throws TransferException {
        waiting.addAll(shares);
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= shares.size(); i++) {
            threads.add(Thread.ofPlatform().name("connection-" + i).start(this::work));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= join(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            return List.copyOf(figures);
        }
    }

    /** Waits to the end, and returns whether somebody wanted it sooner. */
    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private void work() {
        int tries = 0;
        List<byte[]> share = waiting.poll();
        while (share != null) {
            try {
                add(session.transfer(share).statistics());
                tries = 0;
            } catch (TransferException e) {
                boolean again = isFull(e) && ++tries < TRIES;
                if (isRefusal(e)) {
                    waiting.addFirst(share);
                }
                if (!again) {
                    note.accept("a connection less: " + e.getMessage());
                    return;
                }
                pause(BETWEEN_TRIES_NANOS);
            } catch (IOException e) {
                note.accept("a connection less: " + e.getMessage());
                return;
            } catch (RuntimeException | Error e) {
                fail(TransferException.of(e));
                return;
            }
            share = waiting.poll();
        }
    }

    private synchronized void add(TransferStatistics one) {
        figures.add(one);
    }

    private synchronized void fail(TransferException e) {
        failure = failure == null ? e : failure;
    }

    /** Nothing has been transferred by a connection that was not let in. */
    private static boolean isRefusal(TransferException e) {
        return e.exitCode() == ExitCode.START_CLIENT
                || e.exitCode() == ExitCode.SOCKET_IO
                || e.exitCode() == ExitCode.CONNECT_TIMEOUT;
    }

    /** The daemon has as many connections as it wants. */
    static boolean isFull(TransferException e) {
        return e.exitCode() == ExitCode.START_CLIENT
                && String.valueOf(e.getMessage()).contains("max connections");
    }

    static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
