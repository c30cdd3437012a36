package io.sluice.protocol.delta;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * How a basis file is cut into blocks: four ints on the wire.
 *
 * <pre>
 * | count 4 | blockLength 4 | strongLength 4 | remainder 4 |
 * </pre>
 *
 * @param count number of blocks; 0 asks for the whole file
 * @param blockLength bytes of every block but the last
 * @param strongLength bytes of each strong sum that are sent
 * @param remainder bytes of the last block, 0 if it is as long as the others
 */
public record SumHead(int count, int blockLength, int strongLength, int remainder) {
    /** No basis: the sender sends everything. */
    public static final SumHead NONE = new SumHead(0, 0, 0, 0);

    /** The longest block (protocol ≥ 30), in bytes. */
    public static final int MAX_BLOCK_LENGTH = 1 << 17;
    /** The longest block of older protocols. */
    private static final int OLD_MAX_BLOCK_LENGTH = 1 << 29;

    private static final int MIN_BLOCK_LENGTH = 700;
    private static final int BLOCK_LENGTH_STEP = 8;

    private static final int MAX_STRONG_LENGTH = 16;
    private static final int MIN_STRONG_LENGTH = 2;
    private static final int WEAK_BITS = 32;
    private static final int MARGIN_BITS = 10;

    private static final long MAX_TABLE = Integer.MAX_VALUE - Long.BYTES;

    /**
     * Chooses the lengths for a basis of {@code fileLength} bytes as rsync does: blocks of the square root of the size,
     * and strong sums long enough that a wrong match stays unlikely.
     *
     * @param blockSize block length in bytes as asked for ({@code --block-size}); absent or 0: chosen
     * @param redo the last attempt failed its check: sums are sent as long as they may be
     * @return {@link #NONE} if there would be more blocks than the protocol or an array can hold
     */
    public static SumHead forBasis(long fileLength, OptionalInt blockSize, Session session, boolean redo) {
        int asked = blockSize.orElse(0);
        if (fileLength < 0 || asked < 0 || asked > MAX_BLOCK_LENGTH) {
            throw new IllegalArgumentException("basis: " + fileLength + " bytes in blocks of " + asked
                    + " (expected: >= 0, and 0 to " + MAX_BLOCK_LENGTH + ")");
        }
        int blockLength = asked == 0 ? blockLength(fileLength) : asked;
        int longest = Math.min(MAX_STRONG_LENGTH, session.transferChecksum().length());
        int strongLength = redo ? longest : Math.min(strongLength(fileLength, blockLength), longest);
        int remainder = (int) (fileLength % blockLength);
        long count = fileLength / blockLength + (remainder == 0 ? 0 : 1);
        return count * strongLength > MAX_TABLE ? NONE : new SumHead((int) count, blockLength, strongLength, remainder);
    }

    private static int blockLength(long fileLength) {
        long root = (long) Math.sqrt(
                (double) fileLength); // exact as far as its value matters: lengths whose root is below MAX_BLOCK_LENGTH
        long rounded = root / BLOCK_LENGTH_STEP * BLOCK_LENGTH_STEP;
        return Math.clamp(rounded, MIN_BLOCK_LENGTH, MAX_BLOCK_LENGTH);
    }

    private static int strongLength(long fileLength, int blockLength) {
        int bits = MARGIN_BITS + 2 * log2(fileLength);
        bits -= Math.min(bits, log2(blockLength));
        return Math.max((bits + 1 - WEAK_BITS + Byte.SIZE - 1) / Byte.SIZE, MIN_STRONG_LENGTH);
    }

    private static int log2(long value) {
        return value == 0 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    }

    /**
     * Reads and bounds a head.
     *
     * @throws ProtocolException if a length is beyond what the session's algorithms and the protocol allow
     */
    public static SumHead read(WireInput in, Session session) throws IOException {
        int count = in.readInt();
        int blockLength = in.readInt();
        int strongLength = in.readInt();
        int remainder = in.readInt();
        check("block count", count, 0, Integer.MAX_VALUE);
        if (count > 0 && blockLength == 0) {
            throw new ProtocolException(
                    "Invalid zero block length for " + count + " blocks (expected: 1 to " + MAX_BLOCK_LENGTH + ")");
        }
        int one = count == 0 ? 0 : 1;
        check("block length", blockLength, one, longestBlock(session));
        check("block sum length", strongLength, one, session.transferChecksum().length());
        check("block remainder", remainder, 0, blockLength);
        long table = (long) count * strongLength;
        if (table > MAX_TABLE) {
            throw new ProtocolException("block sums: " + table + " bytes (expected: <= " + MAX_TABLE + ")");
        }
        return new SumHead(count, blockLength, strongLength, remainder);
    }

    /** A receiving side of ours never asks for longer blocks than the new protocols have. */
    private static int longestBlock(Session session) {
        boolean bounded = session.version().boundsBlocks() || session.side() == Side.RECEIVER;
        return bounded ? MAX_BLOCK_LENGTH : OLD_MAX_BLOCK_LENGTH;
    }

    private static void check(String what, int value, int min, int max) throws ProtocolException {
        if (value < min || value > max) {
            throw new ProtocolException(what + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }

    /** Writes the four ints. */
    public void write(WireOutput out) throws IOException {
        out.writeInt(count);
        out.writeInt(blockLength);
        out.writeInt(strongLength);
        out.writeInt(remainder);
    }

    /** Returns the basis length in bytes that the blocks cover. */
    public long fileLength() {
        return count == 0 ? 0 : offsetOf(count - 1) + lengthOf(count - 1);
    }

    /** Returns where block {@code index} begins in the basis, in bytes. */
    public long offsetOf(int index) {
        return (long) index * blockLength;
    }

    /** Returns the length in bytes of block {@code index}. */
    public int lengthOf(int index) {
        return index == count - 1 && remainder != 0 ? remainder : blockLength;
    }
}
