package io.sluice.client.transport;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;

/** The program that carried the connection failed, and with it the transfer: its exit status says more than ours would. */
public final class RemoteProgramException extends TransferException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A transfer that failed because of a program.
     *
     * @param status the program's exit status, 1–255
     */
    public RemoteProgramException(int status, TransferException failure) {
        super(ExitCode.COMMAND_FAILED, String.valueOf(failure.getMessage()), failure);
        this.status = status;
    }

    /** What the command exits with. */
    public int status() {
        return status;
    }
}
