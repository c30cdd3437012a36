package io.sluice.protocol.filelist;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.BitSet;

/** Reads what {@link SentLinkIndexes} describes, and rejects references to what was not announced as the first of a group. */
final class ReceivedLinkIndexes implements ReceivedLinks {
    private final BitSet groups = new BitSet();
    private int firstIndex;
    private ListWitness witness = ListWitness.NONE;

    @Override
    public void reportTo(ListWitness other) {
        witness = other;
    }

    @Override
    public void begin(int firstIndexOfSegment) {
        firstIndex = firstIndexOfSegment;
    }

    @Override
    public int readReference(int flags, WireInput in, int row) throws IOException {
        if ((flags & EntryFlags.HARD_LINKED) == 0) {
            return NONE;
        }
        int own = firstIndex + row;
        if ((flags & EntryFlags.HARD_LINK_FIRST) != 0) {
            groups.set(own);
            return own;
        }
        int group = in.readVarInt();
        if (group < 0 || group >= own) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL, "hard-link reference out of range: " + group + " (" + own + ")");
        }
        if (!groups.get(group)) {
            String text = group < firstIndex
                    ? "hard-link gnum " + group + " precedes flist start " + firstIndex
                    : "hard-link reference: " + group + " (expected: the first of a group)";
            throw new ProtocolException(ExitCode.PROTOCOL, text);
        }
        witness.linked(own, group, group >= firstIndex);
        return group;
    }

    @Override
    public int sharedRow(int group, int row) {
        return group >= firstIndex && group != firstIndex + row ? group - firstIndex : NONE;
    }

    @Override
    public int readInode(int flags, int mode, WireInput in, int row) {
        return NONE;
    }
}
