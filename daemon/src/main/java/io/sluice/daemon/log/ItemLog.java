package io.sluice.daemon.log;

import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;

/**
 * The lines of {@code transfer logging}: each file whose content was transferred, each deletion, and with a format that itemizes ({@code %i}) each
 * other change.
 */
public final class ItemLog {
    private static final int INSIGNIFICANT =
            ItemFlags.BASIS_TYPE_FOLLOWS | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE;

    private static final LogFormat NAME = LogFormat.parse("%n%L");

    private final Log log;
    private final LogFormat format;
    private final Wishes wishes;

    /**
     * What a client that sends has options for.
     *
     * @param names what is made and has no content to transfer is named where the format itemizes nothing ({@code -v})
     * @param unchanged a format that itemizes tells what does not change too ({@code -ii})
     * @param dryRun nothing else is told
     */
    public record Wishes(boolean names, boolean unchanged, boolean dryRun) {
        /** None of it. */
        public static final Wishes NONE = new Wishes(false, false, false);
    }

    public ItemLog(Log log, LogFormat format, Wishes wishes) {
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
        if (format.has('i')) {
            if (changed || wishes.unchanged()) {
                line(format, item, facts);
            }
        } else if (changed && wishes.names() && (item.flags() & ItemFlags.LOCAL_CHANGE) != 0) {
            log.line(NAME.format(item, facts, log));
        }
    }

    /** The content of {@code item} was transferred. */
    public void transferred(Item item, TransferFacts facts) {
        line(format, item, facts);
    }

    /** The receiving side removed {@code path}. */
    public void deleted(byte[] path, boolean directory, TransferFacts facts) {
        LogFormat line = format.tellsOperation() ? format : LogFormat.DELETION;
        line(line, new Removed(path, directory ? FileMode.DIRECTORY : FileMode.REGULAR), facts);
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
