package io.sluice.daemon.log;

import io.sluice.daemon.config.LogTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's log: lines go to the log file that the daemon or a module names, else to syslog, else to {@code fallback}. Never fails: what cannot be
 * written to one goes to the next.
 *
 * <p>The number in a line's brackets is the process's id for the daemon's own lines. Each connection, which rsync gives a process of its own, gets a
 * number of its own, counting on from there.
 */
public final class DaemonLog implements AutoCloseable {
    /** The socket of this machine's syslog. */
    public static final String SYSTEM = "/dev/log";

    private final PrintStream fallback;
    private final Clock clock;
    private final @Nullable Syslog syslog;
    private final long process = ProcessHandle.current().pid();
    private final AtomicLong numbers = new AtomicLong(process);
    private final Map<String, LogFile> files = new ConcurrentHashMap<>();
    /** Those that could not be opened, which is said once until they are tried again. */
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    /**
     * A log without syslog.
     *
     * @param fallback for what has no log file
     * @param clock tells the time of each line, in its time zone
     */
    public DaemonLog(PrintStream fallback, Clock clock) {
        this(fallback, clock, "");
    }

    /**
     * The same with syslog.
     *
     * @param syslog the socket that it listens on; empty: it is not used
     */
    public DaemonLog(PrintStream fallback, Clock clock, String syslog) {
        this.fallback = fallback;
        this.clock = clock;
        this.syslog = syslog.isEmpty() ? null : new Syslog(syslog);
    }

    /** Opens a log file that is to be used, while that may be done. */
    public void open(LogTarget target) {
        if (!target.file().isEmpty()) {
            try {
                var _ = file(target.file());
            } catch (IOException e) {
                // the first line tells
            }
        }
    }

    /** The log of the daemon itself. */
    public Log daemon(LogTarget target) {
        return new Log(this, target, process);
    }

    /** The log of a new connection. Log files that were renamed are opened anew. */
    public Log connection(LogTarget target) {
        refresh();
        return new Log(this, target, numbers.incrementAndGet());
    }

    /** Opens those log files anew that were renamed or removed. */
    public void refresh() {
        lost.clear();
        for (LogFile open : files.values()) {
            try {
                open.refresh();
            } catch (IOException e) {
                toFallback(process, bytes("failed to open log-file: " + e.getMessage()));
            }
        }
    }

    /** The time, as it stands in log lines. */
    String now() {
        return LogLine.time(LocalDateTime.now(clock));
    }

    /** Another time, as it stands in log lines. */
    String time(long seconds) {
        return LogLine.time(LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), clock.getZone()));
    }

    void write(LogTarget target, LogSeverity severity, long number, byte[] text) {
        if (!target.file().isEmpty() && !lost.contains(target.file())) {
            try {
                file(target.file()).append(LogLine.format(LocalDateTime.now(clock), number, text));
                return;
            } catch (IOException e) {
                lost.add(target.file());
                String failure = "failed to open log-file " + target.file() + ": " + e.getMessage();
                withoutFile(target, LogSeverity.WARNING, number, bytes(failure));
                withoutFile(target, LogSeverity.INFORMATION, number, bytes("Ignoring \"log file\" setting."));
            }
        }
        withoutFile(target, severity, number, text);
    }

    private void withoutFile(LogTarget target, LogSeverity severity, long number, byte[] text) {
        if (syslog != null) {
            try {
                syslog.send(target.facility() | severity.value(), target.tag(), LocalDateTime.now(clock), number, text);
                return;
            } catch (IOException e) {
                toFallback(number, text); // nobody listens there
                return;
            }
        }
        toFallback(number, text);
    }

    private void toFallback(long number, byte[] text) {
        byte[] line = LogLine.format(LocalDateTime.now(clock), number, text);
        fallback.write(line, 0, line.length);
        fallback.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
        if (syslog != null) {
            syslog.close();
        }
        for (LogFile file : files.values()) {
            file.close();
        }
    }
}
