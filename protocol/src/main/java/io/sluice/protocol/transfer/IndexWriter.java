package io.sluice.protocol.transfer;

import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/**
 * Writes indexes of the file list: as ints before protocol 30, then as differences:
 *
 * <pre>
 *  00                        the end of a phase
 *  dd                        the last one + dd (1–253)
 *  FE hh ll                  the last one + hhll (0 or 254–32767)
 *  FE 80|b3 b0 b1 b2         the index itself
 *  FF …                      as above for a negative number, without its sign; these have a last one of their own
 * </pre>
 */
final class IndexWriter {
    static final int DONE = -1;
    static final int LIST_END = -2;
    static final int DELETE_STATISTICS = -3;
    /** {@code LIST_OFFSET - n} announces the segment of directory n. */
    static final int LIST_OFFSET = -101;

    private static final int ONE_BYTE = 0xFE;
    private static final int TWO_BYTES = 0x7FFF;

    private final WireOutput out;
    private final boolean differences;
    private int lastPositive = -1;
    private int lastNegative = 1;

    IndexWriter(WireOutput out, ProtocolVersion version) {
        this.out = out;
        this.differences = version.hasVarInts();
    }

    void write(int index) throws IOException {
        if (!differences) {
            out.writeInt(index);
        } else if (index == DONE) {
            out.writeByte(0);
        } else if (index >= 0) {
            writeDifference(index, index - lastPositive);
            lastPositive = index;
        } else {
            out.writeByte(0xFF);
            writeDifference(-index, -index - lastNegative);
            lastNegative = -index;
        }
    }

    private void writeDifference(int value, int difference) throws IOException {
        if (difference > 0 && difference < ONE_BYTE) {
            out.writeByte(difference);
        } else if (difference >= 0 && difference <= TWO_BYTES) {
            out.writeByte(ONE_BYTE);
            out.writeByte(difference >> 8);
            out.writeByte(difference);
        } else {
            out.writeByte(ONE_BYTE);
            out.writeByte(value >> 24 | 0x80);
            out.writeByte(value);
            out.writeByte(value >> 8);
            out.writeByte(value >> 16);
        }
    }
}
