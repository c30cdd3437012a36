package io.sluice.protocol;

/** There is not enough memory, or {@code --max-alloc} does not allow to use it (code 22). rsync puts nothing but its role before the message. */
public final class MemoryException extends TransferException {
    private static final long serialVersionUID = 1L;

    /** With what failed. */
    public MemoryException(String message, Throwable cause) {
        super(ExitCode.MALLOC, message, cause);
    }

    /** Returns the message as it is shown by the role of this name. */
    public String sentence(String role) {
        return "[" + role + "] " + getMessage();
    }
}
