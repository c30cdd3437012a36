package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;

/** Reads what an {@link IndexWriter} writes. */
final class IndexReader {
    private final WireInput in;
    private int lastPositive = -1;
    private int lastNegative = 1;

    IndexReader(WireInput in) {
        this.in = in;
    }

    /** Reads an index, or one of the negative numbers of {@link IndexWriter}. */
    int read() throws IOException {
        int first = in.readByte();
        if (first == 0) {
            return IndexWriter.DONE;
        }
        if (first == 0xFF) {
            lastNegative = readNumber(in.readByte(), lastNegative);
            return -lastNegative;
        }
        lastPositive = readNumber(first, lastPositive);
        return lastPositive;
    }

    private int readNumber(int first, int last) throws IOException {
        long value;
        if (first != 0xFE) {
            value = (long) last + first;
        } else {
            int high = in.readByte();
            if ((high & 0x80) == 0) {
                value = (long) last + (high << 8 | in.readByte());
            } else {
                value = in.readByte() | in.readByte() << 8 | in.readByte() << 16 | (long) (high & 0x7F) << 24;
            }
        }
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new ProtocolException("file index: " + value + " (expected: 0 to " + Integer.MAX_VALUE + ")");
        }
        return (int) value;
    }
}
