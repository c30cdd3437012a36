package io.sluice.protocol.filelist;

import io.sluice.protocol.OwnerMapException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.WildMatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * {@code --usermap} or {@code --groupmap}: who a peer's users (or groups) are here. The first part that fits decides.
 *
 * <pre>
 *  FROM:TO,…      FROM: a name, a pattern of names, an id or a range of ids (5-9); TO: a name or an id
 * </pre>
 */
final class OwnerMap {
    /** Maps nobody. */
    static final OwnerMap NONE = new OwnerMap(List.of());

    private static final int MAX_DIGITS = 10;
    private static final long MAX_ID = 0xFFFFFFFFL;

    private final List<Part> parts;

    private OwnerMap(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private sealed interface Part {
        int to();

        boolean fits(int id, String name);
    }

    private record Range(long first, long last, int to) implements Part {
        @Override
        public boolean fits(int id, String name) {
            long unsigned = Integer.toUnsignedLong(id);
            return unsigned >= first && unsigned <= last;
        }
    }

    private record Name(String wanted, int to) implements Part {
        @Override
        public boolean fits(int id, String name) {
            return wanted.equals(name);
        }
    }

    private record Wildcard(String pattern, int to) implements Part {
        @Override
        public boolean fits(int id, String name) {
            return WildMatch.matches(pattern.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads a map.
     *
     * @param kind {@code user} or {@code group}
     * @param names what a name is here
     * @param unknown is told of a name that is nobody's here; its part is left out
     * @throws TransferException with code 1 if it has not the form
     */
    static OwnerMap parse(String text, String kind, Function<String, OptionalInt> names, Consumer<String> unknown)
            throws TransferException {
        if (text.isEmpty()) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw syntax("No colon found in --" + kind + "map: " + part);
            }
            String target = part.substring(colon + 1);
            if (target.isEmpty()) {
                throw syntax("No name found after colon --" + kind + "map: " + part);
            }
            OptionalInt to = isNumber(target) ? OptionalInt.of((int) number(target)) : names.apply(target);
            if (to.isPresent()) {
                parts.add(part(part.substring(0, colon), kind, to.getAsInt()));
            } else {
                unknown.accept("Unknown --" + kind + "map name on receiver: " + target);
            }
        }
        return new OwnerMap(parts);
    }

    private static Part part(String from, String kind, int to) throws TransferException {
        if (!from.isEmpty() && Character.isDigit(from.charAt(0))) {
            return range(from, kind, to);
        }
        if (from.indexOf('*') >= 0 || from.indexOf('[') >= 0 || from.indexOf('?') >= 0) {
            return new Wildcard(from, to);
        }
        return new Name(from, to);
    }

    private static Range range(String from, String kind, int to) throws TransferException {
        int dash = from.indexOf('-');
        String first = dash < 0 ? from : from.substring(0, dash);
        String last = dash < 0 ? from : from.substring(dash + 1);
        if (!isNumber(first) || !isNumber(last)) {
            throw syntax("Invalid number in --" + kind + "map: " + from);
        }
        return new Range(number(first), number(last), to);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static long number(String digits) throws TransferException {
        long value = digits.length() > MAX_DIGITS ? MAX_ID + 1 : Long.parseLong(digits);
        if (value > MAX_ID) {
            throw syntax("Invalid ID number: " + digits);
        }
        return value;
    }

    private static TransferException syntax(String message) {
        return new OwnerMapException(message);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Who an id is here; empty if no part fits. {@code name} is empty if it is not known. */
    OptionalInt find(int id, String name) {
        for (Part part : parts) {
            if (part.fits(id, name)) {
                return OptionalInt.of(part.to());
            }
        }
        return OptionalInt.empty();
    }
}
