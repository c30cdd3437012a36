package io.sluice.watcher.inotifytools;

import static io.sluice.linux.InotifyMask.ACCESS;
import static io.sluice.linux.InotifyMask.ATTRIBUTES;
import static io.sluice.linux.InotifyMask.CLOSE_NO_WRITE;
import static io.sluice.linux.InotifyMask.CLOSE_WRITE;
import static io.sluice.linux.InotifyMask.CREATE;
import static io.sluice.linux.InotifyMask.DELETE;
import static io.sluice.linux.InotifyMask.DELETE_SELF;
import static io.sluice.linux.InotifyMask.IGNORED;
import static io.sluice.linux.InotifyMask.IS_DIRECTORY;
import static io.sluice.linux.InotifyMask.MODIFY;
import static io.sluice.linux.InotifyMask.MOVED_FROM;
import static io.sluice.linux.InotifyMask.MOVED_TO;
import static io.sluice.linux.InotifyMask.MOVE_SELF;
import static io.sluice.linux.InotifyMask.ONE_SHOT;
import static io.sluice.linux.InotifyMask.OPEN;
import static io.sluice.linux.InotifyMask.QUEUE_OVERFLOW;
import static io.sluice.linux.InotifyMask.UNMOUNT;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The names that events have on the command line (in either case) and in output. */
final class EventNames {
    /** What is listened for when nothing is asked for. */
    static final int ALL = 0xFFF;

    private static final int CLOSE = CLOSE_WRITE | CLOSE_NO_WRITE;
    private static final int MOVE = MOVED_FROM | MOVED_TO;

    /** In the order of output. */
    private static final List<Named> SHOWN = List.of(
            new Named("ACCESS", ACCESS),
            new Named("MODIFY", MODIFY),
            new Named("ATTRIB", ATTRIBUTES),
            new Named("CLOSE_WRITE", CLOSE_WRITE),
            new Named("CLOSE_NOWRITE", CLOSE_NO_WRITE),
            new Named("OPEN", OPEN),
            new Named("MOVED_FROM", MOVED_FROM),
            new Named("MOVED_TO", MOVED_TO),
            new Named("CREATE", CREATE),
            new Named("DELETE", DELETE),
            new Named("DELETE_SELF", DELETE_SELF),
            new Named("UNMOUNT", UNMOUNT),
            new Named("Q_OVERFLOW", QUEUE_OVERFLOW),
            new Named("IGNORED", IGNORED),
            new Named("CLOSE", CLOSE),
            new Named("MOVE_SELF", MOVE_SELF),
            new Named("ISDIR", IS_DIRECTORY),
            new Named("ONESHOT", ONE_SHOT));

    /** Understood besides, never shown. */
    private static final List<Named> READ_ONLY = List.of(new Named("MOVE", MOVE), new Named("ALL_EVENTS", ALL));

    private EventNames() {}

    private record Named(String name, int bits) {}

    /** The names of what is in a mask; of one that has none, its number. */
    static List<String> of(int mask) {
        List<String> names = new ArrayList<>();
        for (Named named : SHOWN) {
            if ((named.bits & mask) != 0) {
                names.add(named.name);
            }
        }
        return names.isEmpty() ? List.of(String.format(Locale.ROOT, "0x%08x", mask)) : names;
    }

    /** As {@link #of}, in one text. */
    static String of(int mask, char separator) {
        return String.join(String.valueOf(separator), of(mask));
    }

    /**
     * The mask that an argument such as {@code modify,close_write} means: 0 if a name in it is empty, and nothing if one
     * is unknown; whichever comes first counts.
     */
    static OptionalInt mask(String argument) {
        int mask = 0;
        for (String name : argument.split(",", -1)) {
            if (name.isEmpty()) {
                return OptionalInt.of(0);
            }
            int bits = bits(name);
            if (bits == 0) {
                return OptionalInt.empty();
            }
            mask |= bits;
        }
        return OptionalInt.of(mask);
    }

    private static int bits(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (List<Named> table : List.of(SHOWN, READ_ONLY)) {
            for (Named named : table) {
                if (named.name.equals(upper)) {
                    return named.bits;
                }
            }
        }
        return 0;
    }
}
