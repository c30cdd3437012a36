package io.sluice.protocol.config;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;

/** A configuration file that cannot be used: the message begins with {@code file:line: }. Exit code 1, as rsync's. */
public final class ConfigurationException extends TransferException {
    private static final long serialVersionUID = 1L;

    /** A line that makes no sense; {@code reason} reads {@code what: value (expected: rule)}. */
    public ConfigurationException(String file, int line, String reason) {
        super(ExitCode.SYNTAX, file + ":" + line + ": " + reason);
    }
}
