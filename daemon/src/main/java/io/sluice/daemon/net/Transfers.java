package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that are past the conversation: a thread and a blocking socket for each. Thread-safe. */
final class Transfers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Transfers.class);

    private final ServedConnection.Setting setting;
    private final ThreadFactory threads;
    private final Map<Thread, ServedConnection> active = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    /** @param threads makes one for each connection */
    Transfers(ServedConnection.Setting setting, ThreadFactory threads) {
        this.setting = setting;
        this.threads = threads;
    }

    /**
     * Starts a transfer on a thread of its own.
     *
     * @param admission closed when it is over
     * @param connection whose socket is closed when it is over
     */
    void start(Admission admission, Departed connection) {
        SocketChannel socket = connection.socket();
        ServedConnection served = new ServedConnection(setting, admission, connection);
        Thread thread = threads.newThread(() -> {
            try {
                served.run();
            } finally {
                active.remove(Thread.currentThread());
            }
        });
        thread.setName("transfer-" + numbers.incrementAndGet());
        active.put(thread, served);
        if (closed) {
            active.remove(thread);
            close(admission, socket);
        } else {
            begin(thread, admission, socket);
        }
    }

    /** The machine may have no thread for it: then the peer is cut, and holds nothing. */
    private void begin(Thread thread, Admission admission, SocketChannel socket) {
        try {
            thread.start();
        } catch (RuntimeException | Error e) {
            LOGGER.error("cannot serve", e);
            active.remove(thread);
            admission.log().line("rsync: cannot serve " + admission.peer().describe() + ": " + e.getMessage());
            close(admission, socket);
        }
    }

    private static void close(Admission admission, SocketChannel socket) {
        try (socket;
                admission) {
            LOGGER.debug("{} is not served", admission.peer());
        } catch (IOException e) {
            LOGGER.warn("cannot close", e);
        }
    }

    /** Number of connections that are served. */
    int count() {
        return active.size();
    }

    /** Number of those that wait for another request. */
    int idle() {
        return (int) active.values().stream().filter(ServedConnection::isIdle).count();
    }

    /** A line for each. */
    List<byte[]> lines() {
        return active.values().stream().map(ServedConnection::line).toList();
    }

    /** Ends those that wait for another request. */
    void endIdle() {
        active.values().forEach(ServedConnection::endIdle);
    }

    /** Starts no more, waits for transfers under way, and cuts those that take longer than {@code patience}. */
    void close(Duration patience) throws InterruptedException {
        closed = true;
        active.values().forEach(ServedConnection::endSoon);
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : active.keySet()) {
            thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        for (Map.Entry<Thread, ServedConnection> late : active.entrySet()) {
            late.getValue().close();
            late.getKey().interrupt(); // it may wait for a command
            late.getKey().join();
        }
    }
}
