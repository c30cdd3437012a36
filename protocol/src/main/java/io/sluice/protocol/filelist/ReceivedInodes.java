package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads what {@link SentInodes} describes: entries with the same two numbers, whatever they are, are one file. */
final class ReceivedInodes implements ReceivedLinks {
    private final boolean flagged;
    private final NumberFormat numbers;
    private final Map<Inode, Integer> groups = new HashMap<>();
    private long device;
    private int firstIndex;

    private record Inode(long device, long number) {}

    ReceivedInodes(WireFormat format) {
        flagged = format.version().extendsEntryFlags();
        numbers = format.numbers();
    }

    @Override
    public void reportTo(ListWitness other) {}

    @Override
    public void begin(int firstIndexOfSegment) {
        firstIndex = firstIndexOfSegment;
    }

    @Override
    public int readReference(int flags, WireInput in, int row) {
        return NONE;
    }

    @Override
    public int sharedRow(int group, int row) {
        return NONE;
    }

    @Override
    public int readInode(int flags, int mode, WireInput in, int row) throws IOException {
        boolean numbered = flagged ? (flags & EntryFlags.HARD_LINKED) != 0 : Modes.isRegular(mode);
        if (!numbered) {
            return NONE;
        }
        if (!flagged || (flags & EntryFlags.SAME_LINK_DEVICE) == 0) {
            device = numbers.readLong(in, 0);
        }
        var inode = new Inode(device, numbers.readLong(in, 0));
        Integer known = groups.putIfAbsent(inode, firstIndex + row);
        return known == null ? firstIndex + row : known;
    }
}
