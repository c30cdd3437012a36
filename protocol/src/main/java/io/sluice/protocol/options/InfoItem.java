package io.sluice.protocol.options;

import java.util.Locale;
import java.util.Optional;

/** The kinds of output that {@code --info} turns on and off, in the order in which rsync names them. */
public enum InfoItem {
    BACKUP(false, true, 2),
    COPY(false, true, 1),
    DEL(false, true, 1),
    FLIST(false, false, 1),
    MISC(true, true, 1),
    MOUNT(true, true, 2),
    NAME(true, true, 1),
    NONREG(false, true, 0),
    PROGRESS(false, false, Integer.MAX_VALUE),
    REMOVE(true, false, 2),
    SKIP(false, true, 2),
    STATS(true, true, 1),
    SYMSAFE(true, true, 1);

    /** The highest level that any item takes. */
    public static final int MAX_LEVEL = 4;

    private final boolean sender;
    private final boolean receiver;
    private final int verbosity;

    InfoItem(boolean sender, boolean receiver, int verbosity) {
        this.sender = sender;
        this.receiver = receiver;
        this.verbosity = verbosity;
    }

    /** Returns the item with this name, in any case. */
    public static Optional<InfoItem> of(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (InfoItem item : values()) {
            if (item.name().equals(wanted)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /** Returns true if a sending ({@code true}) or receiving server has a use for this item. */
    boolean concernsServer(boolean sendingServer) {
        return sendingServer ? sender : receiver;
    }

    /** Returns the level that {@code count} times {@code -v} implies. */
    int impliedLevel(int count) {
        if (count < verbosity) {
            return 0;
        }
        return count >= 2 && (this == MISC || this == NAME) ? 2 : 1;
    }
}
