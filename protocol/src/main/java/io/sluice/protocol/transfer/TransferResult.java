package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.event.TransferStatistics;

/** How a transfer ended that was not broken off: {@link ExitCode#OK}, PARTIAL, VANISHED or DELETE_LIMIT. */
public record TransferResult(ExitCode exitCode, TransferStatistics statistics) {
    /** Returns this result with the worse one of two exit codes. */
    public TransferResult orWorse(ExitCode other) {
        return new TransferResult(exitCode.orWorse(other), statistics);
    }
}
