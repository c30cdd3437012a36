package io.sluice.protocol.wire;

import io.sluice.protocol.ProtocolException;
import java.io.IOException;

/**
 * rsync's variable-length integer (protocol ≥ 30; older peers send fixed-width integers).
 *
 * <p>The leading 1-bits of the first byte count the extra bytes (0–6); its other bits are the value's most significant byte. The rest follows,
 * least significant byte first.
 */
final class VarInt {
    /** The most bytes an int takes. */
    static final int MAX_INT_BYTES = 5;
    /** The most bytes a long takes. */
    static final int MAX_LONG_BYTES = 9;

    private static final int MAX_EXTRA = 6;

    private VarInt() {}

    /**
     * Reads a value of {@code min} to {@code max} wire bytes: 1–5 for an int, 3–9 for a file size in bytes, 4–9 for a time in seconds.
     *
     * @throws ProtocolException if the first byte announces more than {@code max}
     */
    static long read(WireInput in, int min, int max) throws IOException {
        int first = in.readByte();
        int extra = Math.min(Integer.numberOfLeadingZeros(~(first << 24)), MAX_EXTRA);
        int length = min + extra;
        if (length > max) {
            throw new ProtocolException("varint bytes: " + length + " (expected: <= " + max + ")");
        }
        long low = in.readLittleEndian(length - 1);
        long top = first & (0xFF >> extra);
        return length > Long.BYTES ? low : low | top << (8 * (length - 1)); // a 9th byte is all marker
    }

    /** Writes {@code value} in the fewest wire bytes, but never fewer than {@code min}. */
    static void write(WireOutput out, long value, int min) throws IOException {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
        int bytes = Math.max(min, (bits + 7) / 8);
        int room = 1 << (7 - (bytes - min)); // first-byte values that no length marker uses
        int top = (int) (value >>> (8 * (bytes - 1))) & 0xFF;
        boolean topFits = top < room;
        out.writeByte(topFits ? top | -(room << 1) : -room);
        out.writeLittleEndian(value, topFits ? bytes - 1 : bytes);
    }
}
