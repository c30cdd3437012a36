package io.sluice.watcher.inotifytools;

import java.util.Comparator;

/**
 * The order of a table's rows: by a count, then in the order in which watching began.
 *
 * @param event whose count: a single bit of {@link io.sluice.linux.InotifyMask}; 0: of all
 */
record RowOrder(int event, boolean ascending) {
    static final RowOrder DEFAULT = new RowOrder(0, false);

    Comparator<Watch> comparator() {
        Comparator<Watch> byCount =
                Comparator.comparingLong(watch -> watch.counts().of(event));
        return (ascending ? byCount : byCount.reversed()).thenComparingInt(Watch::order);
    }
}
