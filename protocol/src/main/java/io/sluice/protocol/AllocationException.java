package io.sluice.protocol;

/**
 * An array would become longer than {@link AllocationLimit} allows. Unchecked as an {@link OutOfMemoryError} is, and like it no failure of the one file
 * that a role is at: it ends the transfer.
 */
public final class AllocationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception whose message says which array. */
    AllocationException(String message) {
        super(message);
    }
}
