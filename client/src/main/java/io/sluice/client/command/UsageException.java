package io.sluice.client.command;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;

/** The command line makes no sense: exit code 1. The message is the whole line that the user sees. */
final class UsageException extends ClientException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(ExitCode.SYNTAX, message);
    }

    /** An option that rsync has and Sluice has not. */
    static UsageException unavailable(String option) {
        return new UsageException("rsync: " + option + ": this option is not available in Sluice yet");
    }
}
