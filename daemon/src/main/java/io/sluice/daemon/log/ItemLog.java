package io.sluice.daemon.log;

import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import java.util.Optional;

/**
 * The lines of {@code transfer logging}: each file whose content was transferred, each deletion, and with a format that itemizes ({@code %i}) each
 * other change. Without such a format, and without {@code transfer logging} too, a client that sends and wants names has the log name what is made
 * without content, and directories whose attributes were set.
 */
public final class ItemLog {
    private static final int INSIGNIFICANT =
            ItemFlags.BASIS_TYPE_FOLLOWS | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE;

    /** Of a directory: whatever was set on it. */
    private static final int ATTRIBUTES = ItemFlags.REPORT_TIME
            | ItemFlags.REPORT_PERMS
            | ItemFlags.REPORT_OWNER
            | ItemFlags.REPORT_GROUP
            | ItemFlags.REPORT_ACL
            | ItemFlags.REPORT_XATTR;

    private static final LogFormat NAME = LogFormat.parse("%n%L");

    private final Log log;
    private final Optional<LogFormat> format;
    private final Wishes wishes;

    /**
     * What a client that sends has options for.
     *
     * @param names where the format itemizes nothing, what is made and has no content to transfer is named, and what directory is changed ({@code -v})
     * @param directoryTimes a directory that is new is one that is changed: its time is set
     * @param unchanged a format that itemizes tells what does not change too ({@code -ii})
     * @param dryRun nothing else is told
     */
    public record Wishes(boolean names, boolean directoryTimes, boolean unchanged, boolean dryRun) {
        /** None of it. */
        public static final Wishes NONE = new Wishes(false, false, false, false);
    }

    /** @param format empty: neither transfers nor deletions are logged */
    public ItemLog(Log log, Optional<LogFormat> format, Wishes wishes) {
        this.log = log;
        this.format = format;
        this.wishes = wishes;
    }

    /** An item that is looked at; one whose content is transferred is logged once that is over. */
    public void item(Item item, TransferFacts facts) {
        boolean changed = (item.flags() & ~INSIGNIFICANT) != 0 || item.otherName().length > 0;
        if ((item.flags() & ItemFlags.TRANSFER) != 0) {
            return;
        }
        if (format.isPresent() && format.get().has('i')) {
            if (changed || wishes.unchanged()) {
                line(format.get(), item, facts);
            }
        } else if (changed && wishes.names() && isNamed(item)) {
            log.line(NAME.format(item, facts, log));
        }
    }

    private boolean isNamed(Item item) {
        if ((item.mode() & FileMode.TYPE_MASK) != FileMode.DIRECTORY) {
            return (item.flags() & ItemFlags.LOCAL_CHANGE) != 0;
        }
        boolean made = (item.flags() & ItemFlags.IS_NEW) != 0;
        return (item.flags() & ATTRIBUTES) != 0 || (made && wishes.directoryTimes());
    }

    /** The content of {@code item} was transferred. */
    public void transferred(Item item, TransferFacts facts) {
        format.ifPresent(own -> line(own, item, facts));
    }

    /** The receiving side removed {@code path}. */
    public void deleted(byte[] path, boolean directory, TransferFacts facts) {
        Item removed = new Removed(path, directory ? FileMode.DIRECTORY : FileMode.REGULAR);
        format.ifPresent(own -> line(own.tellsOperation() ? own : LogFormat.DELETION, removed, facts));
    }

    private void line(LogFormat lines, Item item, TransferFacts facts) {
        if (!wishes.dryRun()) {
            log.line(lines.format(item, facts, log));
        }
    }

    /** Of what was removed, only the name and kind are known. */
    private record Removed(byte[] path, int mode) implements Item {
        private static final byte[] NONE = {};

        @Override
        public int flags() {
            return ItemFlags.DELETED;
        }

        @Override
        public boolean sent() {
            return false;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public long modificationTime() {
            return 0;
        }

        @Override
        public int uid() {
            return 0;
        }

        @Override
        public int gid() {
            return 0;
        }

        @Override
        public byte[] linkTarget() {
            return NONE;
        }

        @Override
        public byte[] otherName() {
            return NONE;
        }

        @Override
        public long wireBytes() {
            return 0;
        }
    }
}
