package io.sluice.protocol.filelist;

/** Sorts ints by what they stand for; equal ones keep their order. Merge sort that sees what is in order already. */
final class StableSort {
    private static final int INSERTION_LIMIT = 7;

    private final Comparison comparison;
    private int[] spare = Columns.NO_INTS;

    /** Compares two ints by what they stand for. */
    @FunctionalInterface
    interface Comparison {
        int compare(int one, int other);
    }

    StableSort(Comparison comparison) {
        this.comparison = comparison;
    }

    void sort(int[] values, int from, int to) {
        int half = (to - from + 1) / 2;
        if (spare.length < half) {
            spare = new int[Math.max(half, spare.length + spare.length / 2)];
        }
        sortPart(values, from, to);
    }

    private void sortPart(int[] values, int from, int to) {
        if (to - from <= INSERTION_LIMIT) {
            insert(values, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sortPart(values, from, middle);
        sortPart(values, middle, to);
        if (comparison.compare(values[middle - 1], values[middle]) > 0) {
            merge(values, from, middle, to);
        }
    }

    private void insert(int[] values, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int value = values[i];
            int at = i;
            while (at > from && comparison.compare(values[at - 1], value) > 0) {
                values[at] = values[at - 1];
                at--;
            }
            values[at] = value;
        }
    }

    private void merge(int[] values, int from, int middle, int to) {
        int lefts = middle - from;
        System.arraycopy(values, from, spare, 0, lefts);
        int next = 0;
        int at = from;
        int rights = middle;
        while (next < lefts && rights < to) {
            boolean left = comparison.compare(spare[next], values[rights]) <= 0;
            values[at++] = left ? spare[next++] : values[rights++];
        }
        System.arraycopy(spare, next, values, at, lefts - next);
    }
}
