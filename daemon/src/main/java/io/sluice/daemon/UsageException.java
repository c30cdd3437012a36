package io.sluice.daemon;

/** A command line that makes no sense. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean hint;

    /**
     * @param message rsync's
     * @param hint where help is to be had is told too
     */
    UsageException(String message, boolean hint) {
        super(message);
        this.hint = hint;
    }

    boolean hint() {
        return hint;
    }
}
