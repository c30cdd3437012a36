package io.sluice.protocol.options;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of output that {@code --debug} turns on and off, in the order in which rsync names them. Some have nothing to tell here (see the package of transfers); all
 * are accepted.
 */
public enum DebugItem {
    ACL(3),
    BACKUP(3),
    BIND(2),
    CHDIR(5),
    CONNECT(2, 3),
    CMD(2, 4),
    DEL(2, 3, 4),
    DELTASUM(2, 3, 4, 5),
    DUP(2),
    EXIT(3, 4),
    FILTER(2, 3),
    FLIST(2, 3, 4, 5),
    FUZZY(3, 5),
    GENR(3),
    HASH(5),
    HLINK(5),
    ICONV(2, 4),
    IO,
    NSTR,
    OWN(3, 4),
    PROTO(4),
    RECV(3),
    SEND(3),
    TIME(3, 4);

    /** From more than so many {@code -v} on nothing is held back. */
    private static final int MAX_VERBOSITY = 5;

    /** The number of {@code -v} from which on each level is implied. */
    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of numbers
    private final List<Integer> verbosities;

    DebugItem(Integer... verbosities) {
        this.verbosities = List.of(verbosities);
    }

    /** Returns the item with this name, in any case. */
    public static Optional<DebugItem> of(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (DebugItem item : values()) {
            if (item.name().equals(wanted)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /** Returns the level that somebody who may ask for {@code count} times {@code -v} may ask for. */
    int highestLevel(int count) {
        return count > MAX_VERBOSITY ? InfoItem.MAX_LEVEL : impliedLevel(count);
    }

    /** Returns the level that {@code count} times {@code -v} implies. */
    int impliedLevel(int count) {
        int level = 0;
        while (level < verbosities.size() && count >= verbosities.get(level)) {
            level++;
        }
        return level;
    }
}
