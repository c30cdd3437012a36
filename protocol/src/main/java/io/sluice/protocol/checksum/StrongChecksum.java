package io.sluice.protocol.checksum;

/**
 * A strong checksum that is fed in pieces and can be used again; not thread-safe. After construction it allocates
 * nothing, but for XXH128 a small value for each digest.
 */
public interface StrongChecksum {
    /** Forgets everything that was fed. */
    void reset();

    /** Feeds {@code length} bytes. */
    void update(byte[] bytes, int offset, int length);

    /** Ends the sum, writes {@link #length()} bytes to {@code into} and resets. */
    void digest(byte[] into, int offset);

    /** Returns the digest's length in bytes. */
    int length();

    /**
     * Writes the sum of these {@code length} bytes alone to the start of {@code into}; what was fed before is
     * forgotten. Faster than feeding them where the algorithm can see them all at once.
     */
    default void sum(byte[] bytes, int offset, int length, byte[] into) {
        reset();
        update(bytes, offset, length);
        digest(into, 0);
    }
}
