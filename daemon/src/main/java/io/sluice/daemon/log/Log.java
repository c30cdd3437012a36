package io.sluice.daemon.log;

import java.nio.charset.StandardCharsets;

/** Where the daemon, or one connection, writes its lines. Thread-safe. */
public final class Log {
    private final DaemonLog daemon;
    private final String file;
    private final long number;

    Log(DaemonLog daemon, String file, long number) {
        this.daemon = daemon;
        this.file = file;
        this.number = number;
    }

    /** The same connection's log in a module's own file; if {@code other} is empty, this one. */
    public Log in(String other) {
        return other.isEmpty() || other.equals(file) ? this : new Log(daemon, other, number);
    }

    /** Writes one line. */
    public void line(String text) {
        line(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes one line in the bytes of file names. */
    public void line(byte[] text) {
        daemon.write(file, number, text);
    }

    /** The number in the brackets of each line. */
    public long number() {
        return number;
    }

    DaemonLog daemon() {
        return daemon;
    }
}
