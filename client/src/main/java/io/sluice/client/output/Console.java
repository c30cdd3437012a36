package io.sluice.client.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The command's standard output, standard error and log file, as one place: a moving line is ended before another one starts, and what is for
 * people goes to both. Methods may be called by any thread. A failure to write ends the command: {@link UncheckedIOException}.
 */
public final class Console implements AutoCloseable {
    private final Streams streams;
    private final Escaping escaping;
    private final boolean quiet;
    private final @Nullable LogFile log;
    private Moving moving = Moving.NONE;

    /**
     * Where the lines go.
     *
     * @param out standard output, buffered
     * @param err standard error, or {@code out}'s place for everything ({@code --stderr=all})
     * @param flushLines every line is shown at once: a terminal, or {@code --outbuf=L}
     */
    public record Streams(OutputStream out, OutputStream err, boolean flushLines) {}

    private enum Moving {
        NONE,
        LINE,
        LIST_COUNT
    }

    public Console(Streams streams, Escaping escaping, boolean quiet, @Nullable LogFile log) {
        this.streams = streams;
        this.escaping = escaping;
        this.quiet = quiet;
        this.log = log;
    }

    /** A line for people, and for the log. */
    public synchronized void info(byte[] line) {
        log(line);
        show(line);
    }

    /** A line for people alone. */
    public synchronized void show(byte[] line) {
        if (!quiet) {
            write(streams.out(), line, streams.flushLines());
        }
    }

    /** An error or warning, also for the log; shown even with {@code -q}. */
    public synchronized void error(byte[] line) {
        log(line);
        flush();
        write(streams.err(), line, true);
    }

    /** A line for the log alone. */
    public synchronized void log(byte[] line) {
        if (log != null) {
            try {
                log.append(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Shows text that does not end its line, at once. */
    public synchronized void move(String text) {
        moveAs(text, Moving.LINE);
    }

    /** Shows how long the list is so far, on a line that the next call overwrites. */
    public synchronized void listCount(long count) {
        if (moving == Moving.LIST_COUNT) {
            moving = Moving.NONE;
        }
        moveAs(" " + count + " files...\r", Moving.LIST_COUNT);
    }

    /** Shows progress that starts with CR and so overwrites a moving line; it ends its line if it ends with a newline. */
    public synchronized void progress(String text) {
        moving = Moving.NONE;
        moveAs(text, text.endsWith("\n") ? Moving.NONE : Moving.LINE);
    }

    /** Forgets that a line is unfinished, because the next text goes on with it. */
    public synchronized void resume() {
        moving = Moving.NONE;
    }

    public synchronized void flush() {
        try {
            streams.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a line that is unfinished, flushes, and closes the log. */
    @Override
    public synchronized void close() throws IOException {
        if (moving != Moving.NONE) {
            streams.out().write('\n');
            moving = Moving.NONE;
        }
        streams.out().flush();
        if (log != null) {
            log.close();
        }
    }

    private void moveAs(String text, Moving next) {
        if (quiet) {
            return;
        }
        LineBuffer buffer = new LineBuffer();
        endMoving(buffer);
        buffer.text(text);
        put(streams.out(), buffer, true);
        moving = next;
    }

    private void write(OutputStream to, byte[] line, boolean flush) {
        LineBuffer buffer = new LineBuffer();
        endMoving(buffer);
        escaping.append(buffer, line);
        put(to, buffer.octet('\n'), flush);
    }

    private void endMoving(LineBuffer buffer) {
        if (moving != Moving.NONE) {
            buffer.octet('\n');
            moving = Moving.NONE;
        }
    }

    private static void put(OutputStream to, LineBuffer buffer, boolean flush) {
        try {
            to.write(buffer.toByteArray());
            if (flush) {
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
