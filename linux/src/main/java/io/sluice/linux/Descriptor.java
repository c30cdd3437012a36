package io.sluice.linux;

import java.io.IOException;

/**
 * An open file descriptor that is closed once. Whoever closes it takes care that no other thread is inside a call with
 * it, as the kernel gives the number to the next file that is opened.
 */
final class Descriptor {
    private static final int CLOSED = -1;

    private final String owner;
    private volatile int number;

    /** @param owner what to call it in the message of a use after closing */
    Descriptor(int number, String owner) {
        this.number = number;
        this.owner = owner;
    }

    /** @throws IOException if it is closed */
    int number() throws IOException {
        int open = number;
        if (open == CLOSED) {
            throw new IOException(owner + ": closed (expected: open)");
        }
        return open;
    }

    /**
     * Closes it; a second time does nothing.
     *
     * @throws SystemCallException if the kernel reports what an earlier write could not do; it is closed even so
     */
    synchronized void close() throws SystemCallException {
        int open = number;
        if (open == CLOSED) {
            return;
        }
        number = CLOSED;
        long result = Caller.current().callOnce(CallNumber.CLOSE, open, 0, 0, 0, 0, 0);
        if (result < 0 && result != -Errno.EINTR) {
            throw new SystemCallException("close", (int) -result, owner);
        }
    }
}
