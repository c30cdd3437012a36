package io.sluice.protocol.config;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;

/** A configuration file that cannot be used: the message begins with {@code file:line: }. Exit code 1, as rsync's. */
public final class ConfigurationException extends TransferException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String reason;

    /** A line that makes no sense; {@code reason} reads {@code what: value (expected: rule)}. */
    public ConfigurationException(String file, int line, String reason) {
        super(ExitCode.SYNTAX, file + ":" + line + ": " + reason);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    /** The file that it is about. */
    public String file() {
        return file;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The message without file and line. */
    public String reason() {
        return reason;
    }
}
