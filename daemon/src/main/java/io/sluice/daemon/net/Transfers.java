package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.ModuleTransfer;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.tls.TlsStreams;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that are past the conversation: a thread and a blocking socket for each. Thread-safe. */
final class Transfers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Transfers.class);
    /** For the peer to close first, so that nothing that it has not read yet is destroyed. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final int SCRAP = 8 * 1024;

    private final RandomGenerator random;
    private final DaemonEvents events;
    private final ThreadFactory threads;
    private final Map<Thread, ActiveTransfer> active = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    /** @param threads makes one for each connection */
    Transfers(RandomGenerator random, DaemonEvents events, ThreadFactory threads) {
        this.random = random;
        this.events = events;
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
        ActiveTransfer transfer = new ActiveTransfer(admission, socket);
        Thread thread = threads.newThread(() -> run(admission, connection, transfer));
        thread.setName("transfer-" + numbers.incrementAndGet());
        active.put(thread, transfer);
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

    private void run(Admission admission, Departed connection, ActiveTransfer transfer) {
        try (SocketChannel socket = connection.socket()) {
            Optional<TlsStreams> tls;
            try (admission) {
                Departed.Streams streams = connection.open();
                tls = streams.tls();
                WireInput in = new WireInput(streams.input());
                WireOutput out = new WireOutput(streams.output(), in);
                transfer.begins(in, out);
                ModuleTransfer served = new ModuleTransfer(admission, in, out, random.nextInt());
                ExitCode code = served.run();
                events.transferred(outcome(admission, served, code, transfer));
                in.setTimeout(0);
                out.setTimeout(0);
            }
            tls.ifPresent(secure -> secure.end(LINGER));
            linger(socket);
        } catch (IOException e) {
            LOGGER.debug("connection ended", e);
        } catch (RuntimeException | Error e) {
            LOGGER.error("transfer failed", e);
        } finally {
            active.remove(Thread.currentThread());
        }
    }

    private static DaemonEvents.Outcome outcome(
            Admission admission, ModuleTransfer served, ExitCode code, ActiveTransfer transfer) {
        return new DaemonEvents.Outcome(
                admission.module().configuration().name(),
                served.sending(),
                code,
                transfer.sent(),
                transfer.received(),
                served.files(),
                Duration.between(transfer.since(), Instant.now()));
    }

    private static void linger(SocketChannel channel) throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        Socket socket = channel.socket();
        channel.shutdownOutput();
        long end = System.nanoTime() + LINGER.toNanos();
        byte[] scrap = new byte[SCRAP];
        socket.setSoTimeout((int) LINGER.toMillis());
        while (System.nanoTime() < end && socket.getInputStream().read(scrap) >= 0) {
            // thrown away
        }
    }

    /** Number of transfers that are under way. */
    int count() {
        return active.size();
    }

    /** A line for each. */
    List<byte[]> lines() {
        return active.values().stream().map(ActiveTransfer::line).toList();
    }

    /** Starts no more, waits for those under way, and cuts those that take longer than {@code patience}. */
    void close(Duration patience) throws InterruptedException {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : active.keySet()) {
            thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        for (Map.Entry<Thread, ActiveTransfer> late : active.entrySet()) {
            try {
                late.getValue().socket().close();
            } catch (IOException e) {
                LOGGER.warn("cannot close", e);
            }
            late.getKey().interrupt(); // it may wait for a command
            late.getKey().join();
        }
    }
}
