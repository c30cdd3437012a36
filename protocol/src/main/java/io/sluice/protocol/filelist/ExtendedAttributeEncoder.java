package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the extended attributes of each entry after it ({@code -X}, protocol ≥ 30), the same ones only once. All numbers are varints.
 *
 * <pre>
 *  number + 1                                                a set that went before
 *  0  count  {name length + 1  value length  name NUL  value or, longer than 32 bytes, its MD5 sum} …
 * </pre>
 */
final class ExtendedAttributeEncoder {
    private final WireOutput out;
    private final AttributeNames names;
    private final Map<ExtendedAttributeSet, Integer> known = new HashMap<>();

    ExtendedAttributeEncoder(WireOutput out, AttributeNames names) {
        this.out = out;
        this.names = names;
    }

    void write(ExtendedAttributeSet set) throws IOException {
        Integer number = known.putIfAbsent(set, known.size());
        if (number != null) {
            out.writeVarInt(number + 1);
            return;
        }
        out.writeVarInt(0);
        out.writeVarInt(set.attributes().size());
        for (ExtendedAttribute attribute : set.attributes()) {
            byte[] name = names.onWire(attribute.nameBytes());
            out.writeVarInt(name.length + 1);
            out.writeVarInt(attribute.length());
            out.write(name);
            out.writeByte(0);
            out.write(attribute.data());
        }
    }
}
