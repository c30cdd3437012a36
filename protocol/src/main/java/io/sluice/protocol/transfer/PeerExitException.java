package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;

/** The peer gave up and told its exit code; its reasons came as notices, so there is nothing more to say. */
public final class PeerExitException extends TransferException {
    private static final long serialVersionUID = 1L;

    PeerExitException(ExitCode code) {
        super(code, "the peer gave up (code " + code.value() + ")");
    }
}
