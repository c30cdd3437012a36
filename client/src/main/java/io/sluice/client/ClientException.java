package io.sluice.client;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import org.jspecify.annotations.Nullable;

/** A failure that is told in rsync's own words: the message is what the user sees, as it is; empty if it has been shown already. */
public class ClientException extends TransferException {
    private static final long serialVersionUID = 1L;

    public ClientException(ExitCode exitCode, String message) {
        super(exitCode, message);
    }

    /** As above, with the failure that caused it. */
    public ClientException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(exitCode, message, cause);
    }
}
