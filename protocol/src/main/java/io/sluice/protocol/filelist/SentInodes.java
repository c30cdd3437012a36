package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Before protocol 30 an entry tells its device and inode behind a symlink's target, both as longints, and the receiver finds those that are one file:
 *
 * <pre>
 *  28, 29, what has several names:  HARD_LINKED                     … [device + 1]  inode
 *                                   HARD_LINKED | SAME_LINK_DEVICE  …               inode
 *  27, every regular file:                                          …  device + 1   inode
 * </pre>
 */
final class SentInodes implements SentLinks {
    private final boolean flagged;
    private final NumberFormat numbers;
    private long lastDevice;

    // What the entry that is being written has.
    private int flags;
    private boolean numbered;
    private boolean sameDevice;
    private long inode;

    SentInodes(WireFormat format) {
        flagged = format.version().extendsEntryFlags();
        numbers = format.numbers();
    }

    @Override
    public void reportTo(ListWitness other) {} // what is one file is found by the receiver

    @Override
    public void begin(int firstIndexOfSegment) {}

    @Override
    public void look(Columns columns, int row) {
        byte[] found = columns.inodes.get(row);
        numbered = found.length > 0;
        flags = 0;
        if (!numbered) {
            return;
        }
        ByteBuffer both = ByteBuffer.wrap(found);
        long device = both.getLong();
        inode = both.getLong();
        sameDevice = flagged && device == lastDevice;
        lastDevice = device;
        if (flagged) {
            flags = sameDevice ? EntryFlags.HARD_LINKED | EntryFlags.SAME_LINK_DEVICE : EntryFlags.HARD_LINKED;
        }
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public int sharedRow() {
        return -1;
    }

    @Override
    public void writeReference(WireOutput out) {}

    @Override
    public void writeInode(WireOutput out) throws IOException {
        if (!numbered) {
            return;
        }
        if (!sameDevice) {
            numbers.writeLong(out, lastDevice + 1, 0); // never 0
        }
        numbers.writeLong(out, inode, 0);
    }
}
