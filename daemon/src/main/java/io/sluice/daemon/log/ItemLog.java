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

    private final Log log;
    private final LogFormat format;

    public ItemLog(Log log, LogFormat format) {
        this.log = log;
        this.format = format;
    }

    /** An item that is looked at; one whose content is transferred is logged once that is over. */
    public void item(Item item, TransferFacts facts) {
        boolean changed = (item.flags() & ~INSIGNIFICANT) != 0 || item.otherName().length > 0;
        if ((item.flags() & ItemFlags.TRANSFER) == 0 && changed && format.has('i')) {
            log.line(format.format(item, facts, log));
        }
    }

    /** The content of {@code item} was transferred. */
    public void transferred(Item item, TransferFacts facts) {
        log.line(format.format(item, facts, log));
    }

    /** The receiving side removed {@code path}. */
    public void deleted(byte[] path, boolean directory, TransferFacts facts) {
        LogFormat line = format.tellsOperation() ? format : LogFormat.DELETION;
        log.line(line.format(new Removed(path, directory ? FileMode.DIRECTORY : FileMode.REGULAR), facts, log));
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
