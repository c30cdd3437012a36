package io.sluice.protocol.filelist;

import io.sluice.protocol.event.TransferStatistics.Counts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sorted run of entries that travels as one: the whole list, or with incremental recursion the content of one directory. Immutable once it is in a
 * {@link FileList}.
 */
public final class Segment {
    private final int number;
    private final int firstIndex;
    private final int directory;
    private final int firstDirectory;
    private final int size;
    private final int[] directoryPositions;
    private final Counts counts;
    private final long totalSize;
    private volatile @Nullable Content content;

    /**
     * What {@link #release} frees.
     *
     * @param order the row of each entry
     * @param positions the entry of each row, if entries are numbered by their rows; else null
     */
    private record Content(Columns columns, int[] order, int @Nullable [] positions) {}

    /**
     * Where a segment stands in its list.
     *
     * @param directory whose content it is, or -1
     * @param firstDirectory the number of its first directory, or -1 if directories are not numbered
     */
    record Place(int number, int firstIndex, int directory, int firstDirectory) {}

    /** Takes sorted columns; {@code order[i]} is the row of entry {@code i}. */
    Segment(Place place, Columns columns, int[] order) {
        this(place, columns, order, false);
    }

    /** As above; {@code asSent}: entries are numbered by their rows, which is the order of the wire. */
    Segment(Place place, Columns columns, int[] order, boolean asSent) {
        number = place.number();
        firstIndex = place.firstIndex();
        directory = place.directory();
        firstDirectory = place.firstDirectory();
        size = columns.rows;
        content = new Content(columns, order, asSent ? inverse(order) : null);
        var tally = new Tally();
        int[] positions = new int[columns.rows];
        int found = 0;
        for (int i = 0; i < order.length; i++) {
            tally.add(columns.modes[order[i]], columns.sizes[order[i]]);
            if (columns.isDirectory(order[i])) {
                positions[found++] = i;
            }
        }
        directoryPositions = firstDirectory >= 0 ? Arrays.copyOf(positions, found) : Columns.NO_INTS;
        counts = tally.counts();
        totalSize = tally.totalSize();
    }

    private static int[] inverse(int[] order) {
        int[] positions = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            positions[order[i]] = i;
        }
        return positions;
    }

    /** 0 for the first segment, then in the order sent. */
    public int number() {
        return number;
    }

    /** The lowest wire index, that of entry 0 or, if names are converted, of another one. With incremental recursion {@code firstIndex() - 1} stands for the directory itself. */
    public int firstIndex() {
        return firstIndex;
    }

    /** Entries, duplicates included. */
    public int size() {
        return size;
    }

    /** The directory (see {@link FileEntry#directoryNumber}) whose content this is; -1 for the first segment. */
    public int directory() {
        return directory;
    }

    /** Entries by kind, duplicates included; a missing argument counts as a regular file, as in rsync's statistics. */
    public Counts counts() {
        return counts;
    }

    /** Bytes of all regular files and symlinks. */
    public long totalSize() {
        return totalSize;
    }

    /** Returns a new cursor on entry {@code position}. */
    public FileEntry entry(int position) {
        var entry = new FileEntry();
        entry.moveTo(this, position);
        return entry;
    }

    /** Returns a new cursor on the entry with this wire index. */
    public FileEntry at(int index) {
        return entry(position(index));
    }

    /** Returns a new cursor on the entry that came at place {@code number} of the wire's order; it knows no index. */
    public FileEntry arrived(int number) {
        return new FileEntry().moveToDirectory(columns(), number, -1);
    }

    /** The position of the entry with this wire index, which is one of this segment's. */
    public int position(int index) {
        int[] positions = content().positions;
        int row = index - firstIndex;
        return positions == null ? row : positions[row];
    }

    /** The wire index of entry {@code position}. */
    int index(int position) {
        Content held = content();
        return firstIndex + (held.positions == null ? position : held.order[position]);
    }

    /**
     * Finds {@code path} by binary search; its position, or -1. Used to decide what to delete. An entry of the other kind with the same path is found
     * too; one that agrees with {@code directory} is preferred, a duplicate never found.
     */
    public int find(byte[] path, boolean directory) {
        boolean byteOrder = content().columns.byteOrder;
        var wanted = new PathKey(byteOrder);
        if (byteOrder) {
            return findAny(wanted.at(path, directory));
        }
        int found = find(wanted.at(path, directory));
        return found >= 0 ? found : find(wanted.at(path, !directory));
    }

    /** In the order of bytes, a duplicate of another kind may stand before the entry that counts. */
    private int findAny(PathKey wanted) {
        Content held = content();
        int at = RowOrder.search(held.columns, held.order, size, wanted);
        var probe = new PathKey(true);
        while (at >= 0 && at < size && probe.at(held.columns, held.order[at]).compareTo(wanted) == 0) {
            if ((held.columns.flags[held.order[at]] & Columns.DUPLICATE) == 0) {
                return at;
            }
            at++;
        }
        return -1;
    }

    private int find(PathKey wanted) {
        Content held = content();
        int found = RowOrder.search(held.columns, held.order, size, wanted);
        boolean dropped = found >= 0 && (held.columns.flags[held.order[found]] & Columns.DUPLICATE) != 0;
        return dropped ? -1 : found;
    }

    /** Whether some of its entries have a {@link FileEntry#linkGroup}. */
    public boolean hasLinkGroups() {
        return !columns().groups.isEmpty();
    }

    boolean hasPlace(Place place) {
        return place.equals(new Place(number, firstIndex, directory, firstDirectory));
    }

    Columns columns() {
        return content().columns;
    }

    /** The row of entry {@code position}. */
    int row(int position) {
        return content().order[position];
    }

    /** The positions of the directories, in order; empty if directories are not numbered. */
    int[] directoryPositions() {
        return directoryPositions;
    }

    int firstDirectory() {
        return firstDirectory;
    }

    /** The number of the directory at {@code position}, or -1. */
    int directoryNumber(int position) {
        int rank = Arrays.binarySearch(directoryPositions, position);
        return rank < 0 ? -1 : firstDirectory + rank;
    }

    void release() {
        content = null;
    }

    boolean isReleased() {
        return content == null;
    }

    private Content content() {
        Content held = content;
        if (held == null) {
            throw new IllegalStateException("file list segment " + number + ": released (expected: in use)");
        }
        return held;
    }
}
