package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what travels about items: an index, flags (2 bytes; not before protocol 29), and as the flags say the type of the basis (1 byte) and a name (vstring). Between items
 * there may be new segments of the list (to the receiver) and the figures of deletions.
 */
final class ItemReader {
    private static final int MAX_NAME = 4096;
    private static final byte[] NOTHING = {};

    private final WireInput in;
    private final ProtocolVersion version;
    private final FileList list;
    private final IndexReader indexes;
    private final Interruptions interruptions;
    private Segment segment;
    private @Nullable FileEntry cursor;
    private @Nullable FileEntry entry;
    private int index;
    private int flags;
    private int basisType;
    private byte[] name = NOTHING;

    /** Where indexes come from, and in what form. */
    record Indexes(ProtocolVersion version, WireInput in, IndexReader reader) {}

    /** What may come between two items. */
    interface Interruptions {
        /** The content of directory {@code number} follows. */
        void segment(int number) throws IOException;

        /** All segments were sent. */
        void listEnd() throws IOException;

        /** Five counts follow. */
        void deleteStatistics() throws IOException;
    }

    ItemReader(Indexes source, FileList list, Interruptions interruptions) {
        this.in = source.in();
        this.indexes = source.reader();
        this.version = source.version();
        this.list = list;
        this.interruptions = interruptions;
        this.segment = list.segment(0);
    }

    /** Moves to the next item; false if it is the end of a phase (or of a segment). */
    boolean next() throws IOException {
        do {
            index = readIndex();
            if (index == IndexWriter.DONE) {
                return false;
            }
            flags = version.hasItemFlags() ? in.readShort() : ItemFlags.TRANSFER | ItemFlags.MISSING_DATA;
        } while (isSignOfLife());
        basisType = (flags & ItemFlags.BASIS_TYPE_FOLLOWS) != 0 ? in.readByte() : BasisType.FILE;
        name = (flags & ItemFlags.XNAME_FOLLOWS) != 0 ? in.readVString(MAX_NAME) : NOTHING;
        moveEntry();
        if (isTransfer() && !entry().isRegular()) {
            throw new ProtocolException("index to transfer: " + index + " (expected: of a regular file)");
        }
        return true;
    }

    /** In protocol 29, what cannot send empty frames says that it is alive by an index that no entry has. */
    private boolean isSignOfLife() {
        return !version.framesClient() && index == list.segment(0).size() && flags == ItemFlags.IS_NEW;
    }

    private int readIndex() throws IOException {
        while (true) {
            int number = indexes.read();
            if (number >= 0 || number == IndexWriter.DONE) {
                return number;
            }
            if (number == IndexWriter.DELETE_STATISTICS) {
                interruptions.deleteStatistics();
            } else if (number == IndexWriter.LIST_END) {
                interruptions.listEnd();
            } else {
                interruptions.segment(IndexWriter.LIST_OFFSET - number);
            }
        }
    }

    private void moveEntry() throws IOException {
        if (index < segment.firstIndex() || index >= segment.firstIndex() + segment.size()) {
            segment = list.containing(index);
        }
        entry = index >= segment.firstIndex() ? member() : directory();
        if (entry().isDuplicate()) {
            throw new ProtocolException("refusing transfer of cleared file index " + index);
        }
    }

    private FileEntry member() {
        int position = segment.position(index);
        if (cursor == null) {
            cursor = segment.entry(position);
        } else {
            cursor.moveTo(segment, position);
        }
        return cursor;
    }

    private FileEntry directory() throws IOException {
        int number = Directories.of(list, segment);
        if (number == Directories.NONE) {
            throw new ProtocolException("file index: " + index + " (expected: of an entry of the list)");
        }
        return list.directory(number);
    }

    int index() {
        return index;
    }

    int flags() {
        return flags;
    }

    boolean isTransfer() {
        return (flags & ItemFlags.TRANSFER) != 0;
    }

    /** It is made of another file at the receiving end, such as a hard link. */
    boolean isMadeHere() {
        int madeHere = ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE;
        return (flags & madeHere) == madeHere;
    }

    /** One of {@link BasisType}, or the number of another directory's. */
    int basisType() {
        return basisType;
    }

    byte[] name() {
        return name;
    }

    Segment segment() {
        return segment;
    }

    /** The entry, until the next item is read. */
    FileEntry entry() {
        return Objects.requireNonNull(entry, "no item was read");
    }
}
