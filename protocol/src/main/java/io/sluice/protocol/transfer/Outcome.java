package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import java.util.concurrent.atomic.AtomicInteger;

/** What went wrong so far without ending the transfer: rsync's error bits, and whether a file was not transferred. Used by all roles of a side. */
final class Outcome {
    /** Something on the sending side could not be read: nothing may be deleted. */
    static final int GENERAL = 1;
    /** Something vanished from the sending side. */
    static final int VANISHED = 2;
    /** {@code --max-delete} stopped deletions. */
    static final int DELETE_LIMIT = 4;

    private static final int ALL = GENERAL | VANISHED | DELETE_LIMIT;

    private final AtomicInteger bits = new AtomicInteger();
    private volatile boolean partial;

    /** Adds bits, ours or those that the peer sent; unknown ones are ignored. */
    void add(int errorBits) {
        bits.accumulateAndGet(errorBits & ALL, (a, b) -> a | b);
    }

    int bits() {
        return bits.get();
    }

    boolean has(int bit) {
        return (bits.get() & bit) != 0;
    }

    /** A file or an attribute was not transferred. */
    void failedFile() {
        partial = true;
    }

    /** Whether all went well so far; what vanished does not matter. */
    boolean isComplete() {
        return !partial && !has(GENERAL);
    }

    /** Returns the code of a transfer that came to its end. */
    ExitCode exitCode() {
        if (partial || has(GENERAL)) {
            return ExitCode.PARTIAL;
        }
        if (has(VANISHED)) {
            return ExitCode.VANISHED;
        }
        return has(DELETE_LIMIT) ? ExitCode.DELETE_LIMIT : ExitCode.OK;
    }
}
