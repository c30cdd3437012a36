package io.sluice.daemon.net;

import java.util.concurrent.atomic.AtomicLong;

/** What all peers together may make the daemon keep of their arguments before it serves them, beyond the little that each has for itself. Thread-safe. */
final class ArgumentMemory {
    /** Bytes that each peer has for itself. */
    static final int OWN = 4 * 1024;

    private final AtomicLong left;

    /** @param bytes for all together */
    ArgumentMemory(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes so many bytes; false if they are not there. */
    boolean take(int bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void giveBack(int bytes) {
        left.addAndGet(bytes);
    }
}
