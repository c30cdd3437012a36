package io.sluice.watcher.inotifytools;

import java.util.Collection;
import java.util.List;

/** The table of {@code inotifywatch}: a row for each watch, a column for each event, each as wide as its title. */
final class CountTable {
    private static final String GAP = "  ";
    private static final String TOTAL = "total";

    private final WatchSettings settings;
    private final EventCounts all;

    /** @param all counts of all watches, of those that are gone too */
    CountTable(WatchSettings settings, EventCounts all) {
        this.settings = settings;
        this.all = all;
    }

    /** The whole table, one character per byte. */
    String of(Collection<Watch> watches) {
        List<EventCounts.Column> columns = EventCounts.COLUMNS.stream()
                .filter(column -> (column.event() & settings.common().events()) != 0)
                .filter(column -> settings.zero() || all.of(column.event()) > 0)
                .toList();
        StringBuilder table = new StringBuilder(TOTAL).append(GAP);
        columns.forEach(column -> table.append(column.title()).append(GAP));
        table.append("filename\n");
        watches.stream()
                .filter(watch -> settings.zero() || watch.counts().of(0) > 0)
                .sorted(settings.order().comparator())
                .forEach(watch -> row(watch, columns, table));
        return table.toString();
    }

    private static void row(Watch watch, List<EventCounts.Column> columns, StringBuilder table) {
        cell(watch.counts().of(0), TOTAL.length(), table);
        for (EventCounts.Column column : columns) {
            cell(watch.counts().of(column.event()), column.title().length(), table);
        }
        table.append(watch.path()).append('\n');
    }

    private static void cell(long count, int width, StringBuilder table) {
        String digits = Long.toString(count);
        table.append(digits)
                .append(" ".repeat(Math.max(0, width - digits.length())))
                .append(GAP);
    }
}
