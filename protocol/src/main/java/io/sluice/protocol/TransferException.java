package io.sluice.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Makes any failure one that has an exit code: an error of the machine or a defect too, so that no thread waits for one that has failed. */
    public static TransferException of(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> new TransferException(ExitCode.CRASHED, "internal error: no cause");
            case TransferException known -> known;
            case AllocationException tooMuch -> new MemoryException(String.valueOf(tooMuch.getMessage()), tooMuch);
            case OutOfMemoryError none -> new MemoryException("out of memory: " + none.getMessage(), none);
            case UncheckedIOException wrapper -> of(wrapper.getCause());
            case IOException other ->
                new TransferException(ExitCode.FILE_IO, String.valueOf(other.getMessage()), other);
            default -> new TransferException(ExitCode.CRASHED, "internal error: " + failure, failure);
        };
    }

    /** Returns the code that the command exits with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
