package io.sluice.daemon.module;

import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A connection that is not served: the message goes to the client after {@code @ERROR: }, the log line to the log. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final byte[] logLine;

    /**
     * @param message for the client, without {@code @ERROR: }
     * @param logLine what the administrator has to know; empty: nothing
     */
    public RefusedException(String message, String logLine) {
        this(message, logLine.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a log line in whatever bytes a peer sent. */
    public RefusedException(String message, byte[] logLine) {
        super(message);
        this.logLine = logLine.clone();
    }

    /** What the log says about it; may be empty. */
    public String logLine() {
        return new String(logLine, StandardCharsets.UTF_8);
    }

    /** The same as it has to be logged. */
    public byte[] logBytes() {
        return logLine.clone();
    }

    /** Why the system did not do something, as rsync's log has it. */
    public static String reason(IOException failure) {
        return failure instanceof SystemCallException failed
                ? failed.reason() + " (" + failed.errno() + ")"
                : String.valueOf(failure.getMessage());
    }

    /** The line that the client gets. */
    public String answer() {
        return "@ERROR: " + getMessage() + "\n";
    }
}
