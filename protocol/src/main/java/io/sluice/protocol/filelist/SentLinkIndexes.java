package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the receiver which entries are one file (protocol ≥ 30, {@code -H}). The first of them is flagged as such, the index it was sent with (not its
 * place in the sorted segment) names the group, and every other one carries that index behind its path:
 *
 * <pre>
 *  first:                       HARD_LINKED | HARD_LINK_FIRST   path  size  time …
 *  other, in another segment:   HARD_LINKED                     path  index(varint)  size  time …
 *  other, in the same segment:  HARD_LINKED                     path  index(varint)
 * </pre>
 */
final class SentLinkIndexes implements SentLinks {
    private static final int NONE = -1;

    private final Map<Inode, Integer> groups = new HashMap<>();
    private ListWitness witness = ListWitness.NONE;
    private int firstIndex;
    private int group;
    private int flags;

    private record Inode(long device, long number) {}

    @Override
    public void reportTo(ListWitness other) {
        witness = other;
    }

    @Override
    public void begin(int firstIndexOfSegment) {
        firstIndex = firstIndexOfSegment;
    }

    @Override
    public void look(Columns columns, int row) {
        group = NONE;
        flags = 0;
        byte[] inode = columns.inodes.get(row);
        if (inode.length == 0) {
            return;
        }
        ByteBuffer numbers = ByteBuffer.wrap(inode);
        var number = new Inode(numbers.getLong(), numbers.getLong());
        Integer known = groups.putIfAbsent(number, firstIndex + row);
        flags = EntryFlags.HARD_LINKED | (known == null ? EntryFlags.HARD_LINK_FIRST : 0);
        group = known == null ? NONE : known;
        if (known == null) {
            witness.numbered(firstIndex + row, number.device(), number.number());
        } else {
            witness.linked(firstIndex + row, group, group >= firstIndex);
        }
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public int sharedRow() {
        return group >= firstIndex ? group - firstIndex : NONE;
    }

    @Override
    public void writeReference(WireOutput out) throws IOException {
        if (group != NONE) {
            out.writeVarInt(group);
        }
    }

    @Override
    public void writeInode(WireOutput out) {}
}
