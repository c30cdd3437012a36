package io.sluice.protocol.filelist;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The directories of one segment, which stay known when the segment is released.
 *
 * @param first the number of the first one
 * @param columns a row a directory, in order
 * @param indexes their wire indexes
 * @param byIndex their numbers on the wire are in the order of the indexes: the row of each
 */
record DirectoryRun(int first, Columns columns, int[] indexes, int[] byIndex) {
    static DirectoryRun of(Segment segment) {
        int[] positions = segment.directoryPositions();
        Columns from = segment.columns();
        var builder = new ColumnsBuilder(
                new Columns.Layout(from.uids.length > 0, from.gids.length > 0, 0, false, from.limit));
        int[] indexes = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            copy(from, segment.row(positions[i]), builder);
            indexes[i] = segment.index(positions[i]);
        }
        return new DirectoryRun(segment.firstDirectory(), builder.seal(), indexes, rowsByIndex(indexes));
    }

    /** Without conversion of names the order is the same. */
    private static int[] rowsByIndex(int[] indexes) {
        boolean ascending = true;
        for (int i = 1; i < indexes.length; i++) {
            ascending &= indexes[i - 1] < indexes[i];
        }
        if (ascending) {
            return Columns.NO_INTS;
        }
        return IntStream.range(0, indexes.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> indexes[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The directory whose number on the wire is {@code number}. */
    int ofWire(int number) {
        return byIndex.length == 0 ? number : first + byIndex[number - first];
    }

    /** The number on the wire of directory {@code number}. */
    int onWire(int number) {
        int low = 0;
        int high = byIndex.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (indexes[byIndex[middle]] < indexes[number - first]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return byIndex.length == 0 ? number : first + low;
    }

    private static void copy(Columns from, int row, ColumnsBuilder to) {
        int start = from.prefixStart(row);
        int end = from.prefixEnd(row);
        byte[] prefix = Arrays.copyOfRange(from.prefixBytes, start, end);
        to.prefix(prefix, prefix.length, from.source(row));
        to.addName(from.nameBytes, from.nameStarts[row], from.nameStarts[row + 1]);
        int added = to.rows - 1;
        to.modes[added] = from.modes[row];
        to.flags[added] = from.flags[row];
        to.sizes[added] = from.sizes[row];
        to.time(from.times[row], from.nanos.length == 0 ? 0 : from.nanos[row]);
        to.ids(from.uids.length == 0 ? 0 : from.uids[row], from.gids.length == 0 ? 0 : from.gids[row]);
        to.attributes.copy(from.attributes, row, added);
    }

    int end() {
        return first + columns.rows;
    }

    /** A new cursor on directory {@code number}. */
    FileEntry entry(int number) {
        var entry = new FileEntry().moveToDirectory(columns, number - first, number);
        entry.setIndex(indexes[number - first]);
        return entry;
    }

    /** Whether the content of directory {@code number} travels with another segment: the root's, or that of a directory of the same name before it. */
    boolean hasOwnSegment(int number) {
        int row = number - first;
        return (columns.flags[row] & Columns.DUPLICATE) == 0 && !columns.isDot(row);
    }
}
