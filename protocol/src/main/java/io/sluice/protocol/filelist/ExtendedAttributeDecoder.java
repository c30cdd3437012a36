package io.sluice.protocol.filelist;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the sets that {@link ExtendedAttributeEncoder} describes. */
final class ExtendedAttributeDecoder {
    private static final int MAX_COUNT = 65_536;
    private static final int MAX_NAME = 4096;
    /** Of one file. */
    private static final long MAX_TOTAL = 512L << 20;
    /** What an attribute takes up besides its name and value, about. */
    private static final int OBJECT_BYTES = 96;

    private final WireInput in;
    private final AttributeNames names;
    private final AllocationLimit limit;
    private final AttributeMemory memory;
    private final List<ExtendedAttributeSet> known = new ArrayList<>();

    ExtendedAttributeDecoder(WireInput in, AttributeNames names, AllocationLimit limit) {
        this.limit = limit;
        memory = new AttributeMemory(limit, "extended attributes of a file list");
        this.in = in;
        this.names = names;
    }

    ExtendedAttributeSet read() throws IOException {
        int number = in.readVarInt();
        if (number < 0 || number > known.size()) {
            throw new ProtocolException(
                    ExitCode.STREAM_IO,
                    "receive_xattr: xa index " + number + " out of range (expected: <= " + known.size() + ")");
        }
        if (number > 0) {
            return known.get(number - 1);
        }
        int count = in.readVarInt();
        if (count < 0 || count > MAX_COUNT) {
            throw new ProtocolException("xattr count: " + count + " (expected: 0 to " + MAX_COUNT + ")");
        }
        List<ExtendedAttribute> attributes = new ArrayList<>();
        long total = 0;
        for (int i = 1; i <= count; i++) {
            int nameLength = in.readVarInt();
            if (nameLength < 0 || nameLength > MAX_NAME) {
                throw new ProtocolException("xattr name_len: " + nameLength + " (expected: 1 to " + MAX_NAME + ")");
            }
            int length = AttributeValues.readLength(in);
            total += nameLength + length;
            if (total > MAX_TOTAL) {
                throw new ProtocolException("xattr list exceeds per-file limit (expected: <= " + MAX_TOTAL + " bytes)");
            }
            readOne(nameLength, length, i, attributes);
        }
        ExtendedAttributeSet set = ExtendedAttributeSet.of(attributes);
        limit.require(known.size() + 1L, Integer.BYTES, "sets of extended attributes");
        known.add(set);
        return set;
    }

    private void readOne(int nameLength, int length, int number, List<ExtendedAttribute> into) throws IOException {
        int dataLength = length > ExtendedAttribute.MAX_SHORT ? ExtendedAttribute.SUM_LENGTH : length;
        var _ = memory.take(nameLength + dataLength + OBJECT_BYTES);
        byte[] name = readName(nameLength);
        byte[] data = new byte[dataLength];
        in.readFully(data, 0, data.length);
        names.here(name).ifPresent(kept -> into.add(new ExtendedAttribute(kept, data, length, number)));
    }

    private byte[] readName(int length) throws IOException {
        byte[] name = new byte[Math.max(0, length - 1)];
        in.readFully(name, 0, name.length);
        boolean ended = length > 0 && in.readByte() == 0;
        for (byte b : name) {
            ended &= b != 0;
        }
        if (!ended || name.length == 0) {
            throw new ProtocolException(
                    ExitCode.FILE_IO, "Invalid xattr name received (expected: one that ends in its only NUL)");
        }
        return name;
    }
}
