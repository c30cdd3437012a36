package io.sluice.protocol;

/** {@code --usermap} or {@code --groupmap} has not the form of one. */
public final class OwnerMapException extends PlainException {
    private static final long serialVersionUID = 1L;

    /** Exit code 1. */
    public OwnerMapException(String message) {
        super(ExitCode.SYNTAX, message);
    }
}
