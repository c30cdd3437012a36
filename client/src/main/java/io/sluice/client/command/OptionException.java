package io.sluice.client.command;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;

/** What rsync finds wrong while it still reads options, before it knows which way the files go: in a rule, or in a file that an option names. */
public final class OptionException extends ClientException {
    private static final long serialVersionUID = 1L;

    OptionException(ExitCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
