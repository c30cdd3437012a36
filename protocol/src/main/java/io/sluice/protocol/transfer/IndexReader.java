package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;

/** Reads what an {@link IndexWriter} writes. */
final class IndexReader {
    private final WireInput in;
    private final boolean differences;
    private int lastPositive = -1;
    private int lastNegative = 1;

    IndexReader(WireInput in, ProtocolVersion version) {
        this.in = in;
        this.differences = version.hasVarInts();
    }

    /** Reads an index, or one of the negative numbers of {@link IndexWriter}. */
    int read() throws IOException {
        if (!differences) {
            return readInt();
        }
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

    /** There are no segments and no figures of deletions before protocol 30. */
    private int readInt() throws IOException {
        int index = in.readInt();
        if (index < IndexWriter.DONE) {
            throw new ProtocolException("file index: " + index + " (expected: " + IndexWriter.DONE + " or more)");
        }
        return index;
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
