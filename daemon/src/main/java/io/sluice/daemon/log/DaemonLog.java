package io.sluice.daemon.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The daemon's log: lines go to the log file that the daemon or a module names, else to {@code fallback}. Never fails: what cannot be written to its
 * file goes to {@code fallback}.
 *
 * <p>The number in a line's brackets is the process's id for the daemon's own lines. Each connection, which rsync gives a process of its own, gets a
 * number of its own, counting on from there.
 */
public final class DaemonLog implements AutoCloseable {
    private final PrintStream fallback;
    private final Clock clock;
    private final long process = ProcessHandle.current().pid();
    private final AtomicLong numbers = new AtomicLong(process);
    private final Map<String, LogFile> files = new ConcurrentHashMap<>();

    /**
     * @param fallback for what has no log file
     * @param clock tells the time of each line, in its time zone
     */
    public DaemonLog(PrintStream fallback, Clock clock) {
        this.fallback = fallback;
        this.clock = clock;
    }

    /** The log of the daemon itself; {@code file} may be empty. */
    public Log daemon(String file) {
        return new Log(this, file, process);
    }

    /** The log of a new connection; {@code file} may be empty. Log files that were renamed are opened anew. */
    public Log connection(String file) {
        for (LogFile open : files.values()) {
            try {
                open.refresh();
            } catch (IOException e) {
                write("", process, ("failed to open log-file: " + e.getMessage()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return new Log(this, file, numbers.incrementAndGet());
    }

    /** The time, as it stands in log lines. */
    String now() {
        return LogLine.time(LocalDateTime.now(clock));
    }

    /** Another time, as it stands in log lines. */
    String time(long seconds) {
        return LogLine.time(LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), clock.getZone()));
    }

    void write(String path, long number, byte[] text) {
        byte[] line = LogLine.format(LocalDateTime.now(clock), number, text);
        if (path.isEmpty()) {
            fallback.write(line, 0, line.length);
            fallback.flush();
            return;
        }
        try {
            file(path).append(line);
        } catch (IOException e) {
            fallback.println("failed to open log-file " + path + ": " + e.getMessage());
            fallback.write(line, 0, line.length);
            fallback.flush();
        }
    }

    private LogFile file(String path) throws IOException {
        LogFile open = files.get(path);
        if (open != null) {
            return open;
        }
        LogFile opened = new LogFile(path);
        LogFile first = files.putIfAbsent(path, opened);
        if (first == null) {
            return opened;
        }
        opened.close();
        return first;
    }

    /** Closes the files. */
    @Override
    public void close() throws IOException {
        for (LogFile file : files.values()) {
            file.close();
        }
    }
}
