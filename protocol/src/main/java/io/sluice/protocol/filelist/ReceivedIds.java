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

/**
 * The users (or groups) that a peer has mentioned, and what they are here: what a map of the user says, else the
 * id of the same name, else the same id; 0 is 0.
 */
final class ReceivedIds {
    /** More names than any honest peer has. */
    private static final int MAX_NAMES = 1 << 20;

    private final Function<String, OptionalInt> source;
    private final OwnerMap map;
    private final Map<Integer, Integer> local = new HashMap<>();
    private Hearer hearer = (id, name, here) -> {};
    private boolean heard;

    /** Hears what an id is here. */
    @FunctionalInterface
    interface Hearer {
        void mapped(int id, String name, int here);
    }

    /** @param map goes before names and numbers */
    ReceivedIds(Function<String, OptionalInt> source, OwnerMap map) {
        this.source = source;
        this.map = map;
    }

    /** From now on {@code other} hears of each id, once. */
    void reportTo(Hearer other) {
        hearer = other;
        heard = true;
    }

    /** Takes for granted that 0 is {@code name} ({@code ""}: nobody known), where the peer does not tell. */
    void presumeZero(String name) {
        if (!map.isEmpty()) {
            local.put(0, map.find(0, name).orElse(0));
        }
    }

    /** Reads the name of {@code id}, length first; what the id is here. */
    int readName(WireInput in, int id) throws IOException {
        if (local.size() == MAX_NAMES) {
            throw new ProtocolException("id names: more than " + MAX_NAMES + " (expected: fewer)");
        }
        byte[] name = new byte[in.readByte()];
        in.readFully(name, 0, name.length);
        String text = new String(name, StandardCharsets.UTF_8);
        int mapped = here(id, text);
        local.put(id, mapped);
        hearer.mapped(id, text, mapped);
        return mapped;
    }

    private int here(int id, String name) {
        OptionalInt wanted = map.find(id, name);
        if (wanted.isPresent()) {
            return wanted.getAsInt();
        }
        return id == 0 || name.isEmpty() ? id : source.apply(name).orElse(id);
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
        Integer known = local.get(id);
        if (known != null) {
            return known;
        }
        int mapped = map.find(id, "").orElse(id);
        if (heard && local.size() < MAX_NAMES) {
            local.put(id, mapped); // told of already
            hearer.mapped(id, "", mapped);
        }
        return mapped;
    }
}
