package io.sluice.protocol;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends a whole transfer with an exit code. A failure of a single file is never one: that is an event and code 23. */
public class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** Makes an exception whose {@code message} says what, where and what was expected. */
    public TransferException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** As above, with the failure that caused it. */
    public TransferException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Returns the code that the command exits with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
