package io.sluice.daemon.log;

import io.sluice.linux.LocalDatagrams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The system's log. A line is one datagram, as syslog(3) of the C library sends it. Thread-safe.
 *
 * <pre>
 * &lt;facility | severity&gt;Nov  1 08:00:00 tag[number]: text
 * </pre>
 */
final class Syslog implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    private final String path;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LocalDatagrams socket;

    Syslog(String path) {
        this.path = path;
    }

    /**
     * Sends a line.
     *
     * @param priority facility and severity
     */
    void send(int priority, String tag, LocalDateTime time, long number, byte[] text) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream(text.length + 64);
        message.writeBytes(("<" + priority + ">" + TIME.format(time) + " ").getBytes(StandardCharsets.US_ASCII));
        message.writeBytes((tag + "[" + number + "]: ").getBytes(StandardCharsets.UTF_8));
        LogLine.escape(text, message);
        lock.lock();
        try {
            transmit(message.toByteArray());
        } finally {
            lock.unlock();
        }
    }

    /** Whoever listens may have been started anew since the last line. */
    private void transmit(byte[] message) throws IOException {
        LocalDatagrams open = socket;
        if (open != null) {
            try {
                open.send(message);
                return;
            } catch (IOException e) {
                close();
            }
        }
        open = LocalDatagrams.connect(path);
        socket = open;
        open.send(message);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
