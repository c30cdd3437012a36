package io.sluice.client.transport;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.transfer.TransferResult;
import java.util.Optional;

/** The program that carried the connection failed: its exit status says more than ours would. */
public final class RemoteProgramException extends TransferException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<TransferResult> finished;

    /**
     * A transfer that broke off because of a program.
     *
     * @param status the program's exit status, 1–255
     */
    public RemoteProgramException(int status, TransferException failure) {
        super(ExitCode.COMMAND_FAILED, String.valueOf(failure.getMessage()), failure);
        this.status = status;
        this.finished = Optional.empty();
    }

    /**
     * A transfer that went to its end, after which the program ended with a status that is none of rsync's.
     *
     * @param status the program's exit status, 1–255
     */
    public RemoteProgramException(int status, TransferResult finished) {
        super(ExitCode.COMMAND_FAILED, "");
        this.status = status;
        this.finished = Optional.of(finished);
    }

    /** How the transfer went, if it was over. */
    public Optional<TransferResult> finished() {
        return finished;
    }

    /** What the command exits with. */
    public int status() {
        return status;
    }
}
