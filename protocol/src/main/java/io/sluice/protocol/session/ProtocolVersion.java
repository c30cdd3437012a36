package io.sluice.protocol.session;

/**
 * A protocol number, with a predicate for each thing that differs. The only class that compares numbers.
 *
 * @param number as greetings and handshakes carry it
 */
public record ProtocolVersion(int number) implements Comparable<ProtocolVersion> {
    /** The newest version this engine speaks. */
    public static final ProtocolVersion NEWEST = new ProtocolVersion(32);
    /** The oldest version this engine speaks. */
    public static final ProtocolVersion OLDEST = new ProtocolVersion(30);

    private static final int OLDEST_PLAUSIBLE = 20;
    private static final int NEWEST_PLAUSIBLE = 40;

    /** Returns false if a peer that sent {@code number} as its version is no rsync at all, but, say, a shell that prints something. */
    static boolean isPlausible(int number) {
        return number >= OLDEST_PLAUSIBLE && number <= NEWEST_PLAUSIBLE;
    }

    /** A greeting must have a subprotocol. */
    boolean demandsSubprotocol() {
        return number >= 30;
    }

    /** A greeting must name the digests of authentication. */
    boolean demandsDigestNames() {
        return number >= 32;
    }

    /** The sender's error bits always stand at the end of a list, not in a message. */
    boolean alwaysSafeFileList() {
        return number >= 31;
    }

    /** Xattr change reports may be abbreviated. */
    boolean hasXattrOptimization() {
        return number >= 31;
    }

    /** Times in the file list have nanoseconds. */
    public boolean hasNanoseconds() {
        return number >= 31;
    }

    /** Fifos and sockets have a device number in the file list, which means nothing. */
    public boolean numbersSpecialFiles() {
        return number < 31;
    }

    /** The old zlib method puts the start of a block of more than 65,535 bytes into its window again instead of what follows. */
    public boolean repeatsLongBlocks() {
        return number < 31;
    }

    /**
     * The end of a transfer has one more end mark each way, preceded by the figures of deletions, and an end that fails tells its exit code
     * (protocol ≥ 31).
     */
    public boolean hasFarewell() {
        return number >= 31;
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return Integer.compare(number, other.number);
    }
}
