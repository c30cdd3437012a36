package io.sluice.protocol;

/** A filter rule makes no sense, or names a file that is not there. The message is rsync's, and complete. */
public final class RuleException extends PlainException {
    private static final long serialVersionUID = 1L;

    public RuleException(ExitCode code, String message) {
        super(code, message);
    }
}
