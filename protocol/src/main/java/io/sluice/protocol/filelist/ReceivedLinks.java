package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.WireInput;
import java.io.IOException;

/** Reads which entries are one file ({@code -H}). A group has a number, the index that its first entry came with. */
sealed interface ReceivedLinks permits ReceivedLinkIndexes, ReceivedInodes {
    int NONE = -1;

    /**
     * Returns the reader for lists of this format.
     *
     * @param wanted links were asked for
     */
    static ReceivedLinks of(WireFormat format, boolean wanted) {
        return wanted && format.version().numbersInodes() ? new ReceivedInodes(format) : new ReceivedLinkIndexes();
    }

    /** From now on {@code other} hears of links. */
    void reportTo(ListWitness other);

    /** The entries that are read from now on begin at this index. */
    void begin(int firstIndexOfSegment);

    /**
     * Reads the group of entry {@code row}, whose path was just read.
     *
     * @return an index, or {@link #NONE}: it has none, or tells it later
     */
    int readReference(int flags, WireInput in, int row) throws IOException;

    /** The row with everything that an entry of this group does not tell itself, or {@link #NONE}. */
    int sharedRow(int group, int row);

    /** Reads the group of entry {@code row}, whose link target was just read if it has one. */
    int readInode(int flags, int mode, WireInput in, int row) throws IOException;
}
