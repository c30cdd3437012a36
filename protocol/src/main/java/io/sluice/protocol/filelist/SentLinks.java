package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/** Tells the receiver which entries are one file ({@code -H}). */
sealed interface SentLinks permits SentLinkIndexes, SentInodes {
    static SentLinks of(WireFormat format) {
        return format.version().numbersInodes() ? new SentInodes(format) : new SentLinkIndexes();
    }

    /** From now on {@code other} hears of links. */
    void reportTo(ListWitness other);

    /** The columns of the rows that {@link #look} is given from now on begin at this index. */
    void begin(int firstIndexOfSegment);

    /** Looks at the entry that is sent next. */
    void look(Columns columns, int row);

    /** The entry's flags. */
    int flags();

    /** The row that the entry shares everything but its path with, or -1: then its attributes are sent. */
    int sharedRow();

    /** Follows the path. */
    void writeReference(WireOutput out) throws IOException;

    /** Follows the target of a symlink, or what stands in its place. */
    void writeInode(WireOutput out) throws IOException;
}
