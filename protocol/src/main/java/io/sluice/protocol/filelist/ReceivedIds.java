package io.sluice.protocol.filelist;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** The users (or groups) that a peer has mentioned, and what they are here: the id of the same name, else the same id. 0 is always 0. */
final class ReceivedIds {
    /** More names than any honest peer has. */
    private static final int MAX_NAMES = 1 << 20;

    private final Function<String, OptionalInt> source;
    private final Map<Integer, Integer> local = new HashMap<>();

    ReceivedIds(Function<String, OptionalInt> source) {
        this.source = source;
    }

    /** Reads the name of {@code id}, length first; what the id is here. */
    int readName(WireInput in, int id) throws IOException {
        if (local.size() == MAX_NAMES) {
            throw new ProtocolException("id names: more than " + MAX_NAMES + " (expected: fewer)");
        }
        byte[] name = new byte[in.readByte()];
        in.readFully(name, 0, name.length);
        int mapped = id;
        if (id != 0 && name.length > 0) {
            mapped = source.apply(new String(name, StandardCharsets.UTF_8)).orElse(id);
        }
        local.put(id, mapped);
        return mapped;
    }

    /** Reads {@code id length name …} up to id 0, which has a name too if the session has that. */
    void readList(WireInput in, WireFormat format) throws IOException {
        NumberFormat numbers = format.numbers();
        for (int id = numbers.readInt(in); id != 0; id = numbers.readInt(in)) {
            readName(in, id);
        }
        if (format.idZeroNames()) {
            readName(in, 0);
        }
    }

    /** What an id is here whose name came before, or has not come. */
    int map(int id) {
        return local.getOrDefault(id, id);
    }
}
