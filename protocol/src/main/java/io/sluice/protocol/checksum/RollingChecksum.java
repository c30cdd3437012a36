package io.sluice.protocol.checksum;

/**
 * rsync's weak sum of a window that can be moved by one byte: two 16-bit sums in an int, the plain one in the low half.
 *
 * <p>With {@code n} signed bytes {@code b}, the low half is the sum of all {@code b[i]} and the high half the sum of
 * all {@code (n - i) * b[i]}, both modulo 65,536.
 */
public final class RollingChecksum {
    // Eight bytes are added at a time, in the four 16-bit lanes of a long. Lanes do not know signs, so each byte is
    // read as its value plus BIAS, which is taken off again at the end; and a stride ends before a lane could overflow
    // into its neighbour.
    private static final int BIAS = 0x80;
    private static final long BIASES = 0x8080808080808080L;
    private static final long LANES = 0x00FF00FF00FF00FFL;
    private static final long WIDE_LANES = 0x0000FFFF0000FFFFL;
    private static final long LANE_ONES = 0x0001000100010001L;
    private static final long LANE_WEIGHTS =
            0x0004000300020001L; // half of what the first byte of each pair counts in its word
    private static final int TOP_LANE = 48;
    private static final int STRIDE = 128;

    private RollingChecksum() {}

    /** Returns the sum of {@code length} bytes. */
    public static int of(byte[] bytes, int offset, int length) {
        int plain = 0;
        int weighted = 0;
        int at = offset;
        int end = offset + length;
        for (; at <= end - STRIDE; at += STRIDE) {
            long pairs = 0; // bytes 2k and 2k + 1 of each word, added, in lane k
            long odds = 0; // bytes 2k + 1 alone
            long history = 0; // pairs as they stood before each word
            for (int i = at; i < at + STRIDE; i += Long.BYTES) {
                long word = LittleEndian.getLong(bytes, i) ^ BIASES;
                long odd = (word >>> Byte.SIZE) & LANES;
                history += pairs;
                pairs += (word & LANES) + odd;
                odds += odd;
            }
            weighted += STRIDE * plain + Long.BYTES * sumWide(history) + 2 * weigh(pairs) - sum(odds);
            plain += sum(pairs);
        }
        for (; at < end; at++) {
            plain += bytes[at] + BIAS;
            weighted += plain;
        }
        long n = length;
        int low = plain - (int) (BIAS * n);
        int high = weighted - (int) (BIAS * (n * (n + 1) / 2));
        return (low & 0xFFFF) | (high << 16);
    }

    private static int sum(long lanes) {
        return (int) ((lanes * LANE_ONES) >>> TOP_LANE);
    }

    /** Sums lanes whose sum may need more than 16 bits. */
    private static int sumWide(long lanes) {
        long halves = (lanes & WIDE_LANES) + ((lanes >>> Short.SIZE) & WIDE_LANES);
        return (int) (halves + (halves >>> Integer.SIZE));
    }

    /** Returns 4, 3, 2 and 1 times the lanes, lowest lane first, modulo 65,536. */
    private static int weigh(long lanes) {
        return (int) ((lanes * LANE_WEIGHTS) >>> TOP_LANE);
    }
}
