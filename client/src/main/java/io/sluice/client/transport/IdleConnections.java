package io.sluice.client.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Connections that wait for another transfer: a few, and each for less time than the daemon at its other end waits, so that as a rule it is we who close.
 * Thread-safe.
 */
public final class IdleConnections {
    /** Less than a daemon of ours waits. */
    static final Duration LIMIT = Duration.ofSeconds(7);

    private static final int MOST = 8;
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("kept-connections").factory());

    private final Deque<KeptConnection> oldestFirst = new ArrayDeque<>();
    private boolean closed;

    /** Takes out the one with {@code key} that was used last; those that the daemon has closed are no use. */
    Optional<KeptConnection> take(KeptConnection.Key key) {
        while (true) {
            Optional<KeptConnection> found = find(key);
            if (found.isEmpty() || !found.get().hasEnded()) {
                return found;
            }
            found.get().close();
        }
    }

    private synchronized Optional<KeptConnection> find(KeptConnection.Key key) {
        Iterator<KeptConnection> newestFirst = oldestFirst.descendingIterator();
        while (newestFirst.hasNext()) {
            KeptConnection each = newestFirst.next();
            if (each.key().equals(key)) {
                newestFirst.remove();
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Keeps one, for as long as there is time and room. */
    void put(KeptConnection connection) {
        if (!add(connection)) {
            connection.close();
            return;
        }
        var _ = CLOCK.schedule(() -> expire(connection), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized boolean add(KeptConnection connection) {
        if (closed || oldestFirst.size() == MOST) {
            return false;
        }
        oldestFirst.add(connection);
        return true;
    }

    /** To close may take a moment, if it is by TLS. */
    private void expire(KeptConnection connection) {
        if (remove(connection)) {
            Thread.ofPlatform().daemon().name("kept-connection-end").start(connection::close);
        }
    }

    private synchronized boolean remove(KeptConnection connection) {
        return oldestFirst.removeIf(each -> each == connection);
    }

    /** Closes all, now and later. */
    public void close() {
        Deque<KeptConnection> all;
        synchronized (this) {
            closed = true;
            all = new ArrayDeque<>(oldestFirst);
            oldestFirst.clear();
        }
        all.forEach(KeptConnection::close);
    }
}
