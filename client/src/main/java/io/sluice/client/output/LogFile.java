package io.sluice.client.output;

import io.sluice.protocol.event.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/** The file of {@code --log-file}: lines {@code 2026/11/21 08:00:00 [pid] text}. Each line is written by itself, so that others can append too. */
public final class LogFile implements AutoCloseable {
    private final OutputStream file;
    private final Timestamps timestamps;
    private final LongSupplier seconds;
    private final String tag;

    /**
     * @param file where lines are appended, closed by {@link #close}
     * @param seconds the clock, in seconds since 1970
     */
    public LogFile(OutputStream file, Timestamps timestamps, LongSupplier seconds, long processId) {
        this.file = file;
        this.timestamps = timestamps;
        this.seconds = seconds;
        this.tag = " [" + processId + "] ";
    }

    /** Appends one line; {@code text} has no newline. */
    public void append(byte[] text) throws IOException {
        LineBuffer line = new LineBuffer();
        line.text(timestamps.format(seconds.getAsLong())).text(tag);
        Escaping.LOG.append(line, text);
        file.write(line.octet('\n').toByteArray());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
