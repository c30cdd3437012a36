package io.sluice.daemon.log;

import io.sluice.daemon.config.LogTarget;
import java.nio.charset.StandardCharsets;

/** Where the daemon, or one connection, writes its lines. Thread-safe. */
public final class Log {
    private final DaemonLog daemon;
    private final LogTarget target;
    private final long number;

    Log(DaemonLog daemon, LogTarget target, long number) {
        this.daemon = daemon;
        this.target = target;
        this.number = number;
    }

    /** The same connection's log where a module has it. */
    public Log in(LogTarget other) {
        return other.equals(target) ? this : new Log(daemon, other, number);
    }

    /** Writes one line. */
    public void line(String text) {
        line(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes one line in the bytes of file names. */
    public void line(byte[] text) {
        line(LogSeverity.INFORMATION, text);
    }

    /** Writes one line in the bytes of file names. */
    public void line(LogSeverity severity, byte[] text) {
        daemon.write(target, severity, number, text);
    }

    /** Writes a line about something that went wrong. */
    public void warning(String text) {
        line(LogSeverity.WARNING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The number in the brackets of each line. */
    public long number() {
        return number;
    }

    DaemonLog daemon() {
        return daemon;
    }
}
