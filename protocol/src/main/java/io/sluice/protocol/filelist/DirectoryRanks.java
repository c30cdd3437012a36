package io.sluice.protocol.filelist;

import java.util.Arrays;

/**
 * The directories that a segment's rows lie in or are, in order. In rsync's order an entry that is no directory stands with its directory's path, and a
 * directory with its own, where a path ends in a slash and paths compare as plain bytes; so sorting these few paths does most of the sorting of all rows.
 */
final class DirectoryRanks {
    private final int[] starts;
    private final byte[] paths;
    private final int[] ranks;
    private int distinct;

    /** Ranks the columns' prefixes and then the directory rows, in row order ({@code .} has the rank of its prefix). */
    DirectoryRanks(Columns columns) {
        int prefixes = columns.prefixSources.length;
        int directories = 0;
        long bytes = columns.prefixBytes.length;
        for (int row = 0; row < columns.rows; row++) {
            if (columns.isDirectory(row)) {
                directories++;
                bytes += columns.prefixEnd(row) - columns.prefixStart(row) + columns.nameLength(row) + 1;
            }
        }
        String what = "directories of a file list";
        paths = new byte[columns.limit.require(bytes, Byte.BYTES, what)];
        starts = Arrays.copyOf(
                columns.prefixStarts, columns.limit.require(prefixes + directories + 1L, Integer.BYTES, what));
        System.arraycopy(columns.prefixBytes, 0, paths, 0, columns.prefixBytes.length);
        int next = prefixes;
        for (int row = 0; row < columns.rows; row++) {
            if (columns.isDirectory(row)) {
                addDirectory(columns, row, next++);
            }
        }
        ranks = new int[prefixes + directories];
        rank();
    }

    private void addDirectory(Columns columns, int row, int number) {
        int at = starts[number];
        int length = columns.prefixEnd(row) - columns.prefixStart(row);
        System.arraycopy(columns.prefixBytes, columns.prefixStart(row), paths, at, length);
        at += length;
        if (!columns.isDot(row)) {
            System.arraycopy(columns.nameBytes, columns.nameStarts[row], paths, at, columns.nameLength(row));
            at += columns.nameLength(row);
            paths[at++] = '/';
        }
        starts[number + 1] = at;
    }

    private void rank() {
        int[] order = new int[ranks.length];
        Arrays.setAll(order, number -> number);
        new StableSort(this::compare).sort(order, 0, order.length);
        for (int i = 0; i < order.length; i++) {
            if (i > 0 && compare(order[i - 1], order[i]) != 0) {
                distinct++;
            }
            ranks[order[i]] = distinct;
        }
        distinct++;
    }

    private int compare(int number, int other) {
        return Arrays.compareUnsigned(
                paths, starts[number], starts[number + 1], paths, starts[other], starts[other + 1]);
    }

    /** How many different ranks there are at most. */
    int distinct() {
        return distinct;
    }

    /** The rank of a prefix, or of the directory row with this number after all prefixes. */
    int rank(int number) {
        return ranks[number];
    }
}
