package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.Admission.Arguments;
import io.sluice.daemon.module.ModuleTransfer;
import io.sluice.daemon.module.Readmission;
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
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is past the conversation: its transfer, and those that follow on it, with pauses between them in which it is idle. {@link #run} has a thread of
 * its own; the other methods are for all.
 */
final class ServedConnection implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServedConnection.class);
    /** For the peer to close first, so that nothing that it has not read yet is destroyed. */
    private static final Duration LINGER = Duration.ofSeconds(2);
    /** For another request to come; an honest client closes before. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SCRAP = 8 * 1024;

    private final Setting setting;
    private final Admission first;
    private final Departed connection;
    private volatile ActiveTransfer transfer;
    private volatile @Nullable Instant idleSince; // changed with this as lock
    private boolean ending; // guarded by this

    /**
     * What connections share.
     *
     * @param random for the transfers' checksums
     * @param events hears of each transfer
     * @param memory for arguments
     * @param idle a permit for each that may be idle: it has threads and buffers, and waits for nothing that anybody has asked for
     */
    record Setting(RandomGenerator random, DaemonEvents events, ArgumentMemory memory, Semaphore idle) {}

    /**
     * @param first closed when it is over
     * @param connection whose socket is closed when all is over
     */
    ServedConnection(Setting setting, Admission first, Departed connection) {
        this.setting = setting;
        this.first = first;
        this.connection = connection;
        transfer = new ActiveTransfer(first);
    }

    @Override
    public void run() {
        try (SocketChannel socket = connection.socket()) {
            Optional<TlsStreams> tls = serveAll();
            tls.ifPresent(secure -> secure.end(LINGER));
            linger(socket);
        } catch (IOException e) {
            LOGGER.debug("connection ended", e);
        } catch (RuntimeException | Error e) {
            LOGGER.error("transfer failed", e);
        }
    }

    private Optional<TlsStreams> serveAll() throws IOException {
        Departed.Streams streams;
        WireInput in;
        WireOutput out;
        boolean goesOn;
        try (first) {
            streams = connection.open();
            in = new WireInput(streams.input());
            out = new WireOutput(streams.output(), in);
            transfer.begins(in, out, 0, 0);
            goesOn = serve(first, in, out);
        }
        Optional<Readmission> readmission = first.readmission();
        while (goesOn && readmission.isPresent()) {
            long received = in.bytesRead();
            long sent = out.bytesWritten();
            Optional<Admission> next = awaitNext(readmission.get(), in);
            if (next.isEmpty()) {
                break;
            }
            try (Admission admission = next.get()) {
                ActiveTransfer begun = new ActiveTransfer(admission);
                begun.begins(in, out, received, sent);
                transfer = begun;
                goesOn = wake() && serve(admission, in, out);
                readmission = admission.readmission();
            }
        }
        in.setTimeout(0);
        out.setTimeout(0);
        return streams.tls();
    }

    /** Serves a request; whether another may follow. */
    private boolean serve(Admission admission, WireInput in, WireOutput out) {
        ModuleTransfer served = new ModuleTransfer(admission, in, out, setting.random.nextInt());
        ExitCode code = served.run();
        setting.events.transferred(transfer.outcome(served, code));
        in.setTimeout(0);
        out.setTimeout(0);
        return served.isReusable();
    }

    private Optional<Admission> awaitNext(Readmission readmission, WireInput in) throws IOException {
        if (!setting.idle.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return next(readmission, in);
        } finally {
            setting.idle.release();
        }
    }

    private Optional<Admission> next(Readmission readmission, WireInput in) throws IOException {
        Duration left = readmission.left();
        if (!left.isPositive() || !rest()) {
            return Optional.empty();
        }
        FollowingRequest request = new FollowingRequest(in, setting.memory);
        int begun = request.begin(left.compareTo(PATIENCE) < 0 ? left : PATIENCE);
        Optional<Arguments> arguments = begun < 0 ? Optional.empty() : request.complete(begun);
        return arguments.isEmpty() ? Optional.empty() : readmission.admit(arguments.get());
    }

    /** Becomes idle; false if it must not. */
    private synchronized boolean rest() {
        if (!ending) {
            idleSince = Instant.now();
        }
        return !ending;
    }

    /** Is idle no more; false if it is to end. */
    private synchronized boolean wake() {
        idleSince = null;
        return !ending;
    }

    boolean isIdle() {
        return idleSince != null;
    }

    /** Ends the connection if it is idle. */
    synchronized void endIdle() {
        if (isIdle()) {
            close();
        }
    }

    /** Ends the connection with the transfer that is under way, if one is. */
    synchronized void endSoon() {
        ending = true;
        endIdle();
    }

    /** Cuts the connection. */
    void close() {
        try {
            connection.socket().close();
        } catch (IOException e) {
            LOGGER.warn("cannot close", e);
        }
    }

    /** The line that the log gets of it. */
    byte[] line() {
        Instant resting = idleSince;
        return resting == null ? transfer.line() : transfer.idleLine(resting);
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
}
