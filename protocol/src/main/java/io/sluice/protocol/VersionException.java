package io.sluice.protocol;

/** What was asked for cannot be done with the protocol version that both ends agreed on. The message is rsync's, and complete. */
public final class VersionException extends PlainException {
    private static final long serialVersionUID = 1L;

    /** Exit code 2. */
    public VersionException(String message) {
        super(ExitCode.PROTOCOL, message);
    }
}
