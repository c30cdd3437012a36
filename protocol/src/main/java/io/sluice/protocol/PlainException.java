package io.sluice.protocol;

/** A failure whose message is rsync's, and complete: nothing is put before it. */
public sealed class PlainException extends ProtocolException
        permits VersionException, OwnerMapException, RuleException, NamedDirectoryException {
    private static final long serialVersionUID = 1L;

    PlainException(ExitCode code, String message) {
        super(code, message);
    }
}
