package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The users (or groups) that a sender has mentioned. A name is told once: beside the first use of the id, or in a list after the entries. */
final class SentIds {
    private static final int MAX_NAME = 255;

    private final IntFunction<Optional<String>> source;
    private final Map<Integer, byte[]> names = new HashMap<>();
    private final List<Integer> named = new ArrayList<>();

    SentIds(IntFunction<Optional<String>> source) {
        this.source = source;
    }

    /** Notes a use of {@code id}; its name if it has one and this is the first use, else an empty array. */
    byte[] use(int id) {
        if (names.containsKey(id)) {
            return Columns.NO_BYTES;
        }
        byte[] name = nameOf(id);
        names.put(id, name);
        if (id != 0 && name.length > 0) {
            named.add(id);
        }
        return name;
    }

    private byte[] nameOf(int id) {
        byte[] name = source.apply(id)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(Columns.NO_BYTES);
        return name.length > MAX_NAME ? Columns.NO_BYTES : name;
    }

    /** Writes {@code id length name …} for each id but 0, the last one first; then 0, with its name if the session has that. */
    void writeList(WireOutput out, WireFormat format) throws IOException {
        NumberFormat numbers = format.numbers();
        for (Integer id : named.reversed()) {
            numbers.writeInt(out, id);
            writeName(out, names.getOrDefault(id, Columns.NO_BYTES));
        }
        numbers.writeInt(out, 0);
        if (format.idZeroNames()) {
            writeName(out, nameOf(0));
        }
    }

    static void writeName(WireOutput out, byte[] name) throws IOException {
        out.writeByte(name.length);
        out.write(name);
    }
}
