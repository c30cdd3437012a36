package io.sluice.client.batch;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;
import org.jspecify.annotations.Nullable;

/** A batch file cannot be opened, which rsync tells before it knows of itself whether it sends: as a receiver. */
public final class BatchException extends ClientException {
    private static final long serialVersionUID = 1L;

    BatchException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(exitCode, message, cause);
    }
}
