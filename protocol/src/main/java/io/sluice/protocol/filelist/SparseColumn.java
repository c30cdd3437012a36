package io.sluice.protocol.filelist;

import io.sluice.protocol.AllocationLimit;
import java.util.Arrays;

/** Bytes that only a few rows have (link targets, device numbers), found by binary search. Rows are added in ascending order. */
final class SparseColumn {
    private static final SparseColumn EMPTY = new SparseColumn(AllocationLimit.DEFAULT);
    private static final String WHAT = "values of a file list";

    private final AllocationLimit limit;
    private int count;
    private int[] rows;
    private int[] starts;
    private byte[] bytes;

    SparseColumn(AllocationLimit limit) {
        this(limit, 0, Columns.NO_INTS, new int[1], Columns.NO_BYTES);
    }

    private SparseColumn(AllocationLimit limit, int count, int[] rows, int[] starts, byte[] bytes) {
        this.limit = limit;
        this.count = count;
        this.rows = rows;
        this.starts = starts;
        this.bytes = bytes;
    }

    void add(int row, byte[] value) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, limit.grown(count, count + 1L, Integer.BYTES, WHAT));
            starts = Arrays.copyOf(starts, rows.length + 1);
        }
        int start = starts[count];
        bytes = limit.ensure(bytes, start, value.length, WHAT);
        System.arraycopy(value, 0, bytes, start, value.length);
        rows[count++] = row;
        starts[count] = start + value.length;
    }

    /** Gives {@code row} the value of row {@code from}, if that has one. */
    void repeat(int from, int row) {
        byte[] value = get(from);
        if (value.length > 0) {
            add(row, value);
        }
    }

    /** Takes back the value of the row that was added last, if it is {@code row}. */
    void drop(int row) {
        if (count > 0 && rows[count - 1] == row) {
            count--;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The row's value, or an empty array. */
    byte[] get(int row) {
        int found = Arrays.binarySearch(rows, 0, count, row);
        return found < 0 ? Columns.NO_BYTES : Arrays.copyOfRange(bytes, starts[found], starts[found + 1]);
    }

    /** A copy that holds no more than it must and is not added to; this one is empty afterwards. */
    SparseColumn seal() {
        if (count == 0) {
            return EMPTY;
        }
        byte[] held = Arrays.copyOf(bytes, starts[count]);
        var sealed = new SparseColumn(limit, count, Arrays.copyOf(rows, count), Arrays.copyOf(starts, count + 1), held);
        count = 0;
        return sealed;
    }
}
