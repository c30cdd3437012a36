package io.sluice.protocol.filelist;

import java.util.Arrays;

/**
 * Sorts the rows of a segment into rsync's order ({@link PathKey}) and marks names that occur twice. Equal paths stay in the order of the wire.
 *
 * <p>Rows are dealt out to their directories ({@link DirectoryRanks}); what is left is to sort the names within each.
 */
final class RowOrder {
    private final Columns columns;
    private final PathKey left;
    private final PathKey right;

    RowOrder(Columns columns) {
        this.columns = columns;
        this.left = new PathKey(columns.byteOrder);
        this.right = new PathKey(columns.byteOrder);
    }

    /** The rows in order: entry {@code i} of the segment is row {@code result[i]}. */
    int[] sort() {
        int rows = columns.rows;
        int[] order = new int[rows];
        if (rows == 0) {
            return order;
        }
        if (columns.byteOrder) {
            Arrays.setAll(order, row -> row);
            new StableSort(this::compare).sort(order, 0, rows);
            return order;
        }
        var directories = new DirectoryRanks(columns);
        int[] ends = new int
                [columns.limit.require(2L * directories.distinct() + 1, Integer.BYTES, "directories of a file list")];
        int prefixes = columns.prefixSources.length;
        int directory = prefixes;
        for (int row = 0; row < rows; row++) {
            ends[group(directories, row, directory) + 1]++;
            directory += columns.isDirectory(row) ? 1 : 0;
        }
        for (int group = 1; group < ends.length; group++) {
            ends[group] += ends[group - 1];
        }
        directory = prefixes;
        for (int row = 0; row < rows; row++) {
            order[ends[group(directories, row, directory)]++] = row;
            directory += columns.isDirectory(row) ? 1 : 0;
        }
        sortNames(order, ends);
        return order;
    }

    /** The group of a row: two to a path, the directory itself and then what lies in it and is none; {@code directory} is the number of the next one. */
    private int group(DirectoryRanks directories, int row, int directory) {
        return columns.isDirectory(row)
                ? 2 * directories.rank(directory)
                : 2 * directories.rank(columns.prefixes[row]) + 1;
    }

    private void sortNames(int[] order, int[] ends) {
        long[] heads = new long[columns.rows];
        for (int row = 0; row < heads.length; row++) {
            heads[row] = head(row);
        }
        var sort = new StableSort((row, other) -> compareNames(heads, row, other));
        for (int group = 1; group < ends.length; group += 2) {
            sort.sort(order, ends[group - 1], ends[group]);
        }
    }

    /** The first eight bytes of a name as one number, most significant first. */
    private long head(int row) {
        int start = columns.nameStarts[row];
        int length = Math.min(columns.nameLength(row), Long.BYTES);
        long head = 0;
        for (int i = 0; i < length; i++) {
            head = head << 8 | (columns.nameBytes[start + i] & 0xFF);
        }
        return head << (8 * (Long.BYTES - length));
    }

    private int compareNames(long[] heads, int row, int other) {
        int order = Long.compareUnsigned(heads[row], heads[other]);
        int start = columns.nameStarts[row];
        int otherStart = columns.nameStarts[other];
        if (order != 0) {
            return order;
        }
        byte[] names = columns.nameBytes;
        return Arrays.compareUnsigned(
                names, start, columns.nameStarts[row + 1], names, otherStart, columns.nameStarts[other + 1]);
    }

    private int compare(int row, int other) {
        return left.at(columns, row).compareTo(right.at(columns, other));
    }

    /**
     * Marks all but one of the entries with the same path. Of two directories the first stays, of a directory and something else the directory
     * stays.
     *
     * @param merge whether a directory that stays takes over what the other one says of its content (the receiving side), else only
     *     directories are marked (the sending side, which still answers for every other entry)
     */
    void markDuplicates(int[] order, boolean merge) {
        markDuplicates(order, merge, (row, place) -> {});
    }

    /** Hears of a row that is marked, and its place in the order. */
    @FunctionalInterface
    interface Marks {
        void marked(int row, int place);
    }

    /** As above; {@code marks} hears of what is marked. */
    void markDuplicates(int[] order, boolean merge, Marks marks) {
        int kept = 0;
        for (int i = 1; i < order.length; i++) {
            int row = order[i];
            if (compare(order[kept], row) == 0) {
                if (columns.isDirectory(order[kept]) || !columns.isDirectory(row)) {
                    markLater(order[kept], row, merge);
                    marks.marked(row, i);
                    continue;
                }
                columns.flags[order[kept]] |= (byte) (merge ? Columns.DUPLICATE : 0);
                marks.marked(order[kept], kept);
                kept = i;
                continue;
            }
            if (merge && !columns.byteOrder && columns.isDirectory(row)) {
                markNonDirectory(order, i, marks);
            }
            kept = i;
        }
    }

    private void markLater(int first, int later, boolean merge) {
        boolean directory = columns.isDirectory(later);
        if (directory || merge) {
            columns.flags[later] |= Columns.DUPLICATE;
        }
        if (directory && merge) {
            int added = columns.flags[later] & (Columns.TOP | Columns.CONTENT);
            int kept = columns.flags[later] | ~Columns.IMPLIED;
            columns.flags[first] = (byte) ((columns.flags[first] | added) & kept);
        }
    }

    /** Marks what has the path of directory {@code order[limit]} without being one. */
    private void markNonDirectory(int[] order, int limit, Marks marks) {
        right.at(columns, order[limit]);
        int found = search(columns, order, limit, right.asDirectory(false));
        if (found >= 0) {
            columns.flags[order[found]] |= Columns.DUPLICATE;
            marks.marked(order[found], found);
        }
    }

    /** The first of the entries before {@code limit} that has the key's path, or -1. */
    static int search(Columns columns, int[] order, int limit, PathKey wanted) {
        PathKey probe = new PathKey(columns.byteOrder);
        int low = 0;
        int high = limit;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (probe.at(columns, order[middle]).compareTo(wanted) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < limit && probe.at(columns, order[low]).compareTo(wanted) == 0 ? low : -1;
    }
}
