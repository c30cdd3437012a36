package io.sluice.protocol;

/** A directory that an option names is none. */
public final class NamedDirectoryException extends PlainException {
    private static final long serialVersionUID = 1L;

    /** Exit code 1, or 11 if that cannot be told. */
    public NamedDirectoryException(ExitCode code, String message) {
        super(code, message);
    }
}
