package io.sluice.client.output;

import io.sluice.linux.OpenFile;
import java.io.IOException;
import java.util.function.LongSupplier;

/** The file of {@code --log-file}: lines {@code 2026/11/21 08:00:00 [pid] text}. Each line is written by itself, so that others can append too. */
public final class LogFile implements AutoCloseable {
    private final OpenFile file;
    private final Timestamps timestamps;
    private final LongSupplier seconds;
    private final String tag;

    /**
     * @param file where lines are appended, closed by {@link #close}
     * @param seconds the clock, in seconds since 1970
     */
    public LogFile(OpenFile file, Timestamps timestamps, LongSupplier seconds, long processId) {
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
        byte[] whole = line.octet('\n').toByteArray();
        file.write(whole, 0, whole.length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
