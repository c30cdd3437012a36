package io.sluice.protocol;

/** The peer broke the protocol. The message reads {@code what: value (expected: rule)}. */
public class ProtocolException extends TransferException {
    private static final long serialVersionUID = 1L;

    /** A stream that makes no sense: exit code 12. */
    public ProtocolException(String message) {
        super(ExitCode.STREAM_IO, message);
    }

    /** As above, with another code, such as {@link ExitCode#PROTOCOL} for versions that do not fit. */
    public ProtocolException(ExitCode exitCode, String message) {
        super(exitCode, message);
    }
}
