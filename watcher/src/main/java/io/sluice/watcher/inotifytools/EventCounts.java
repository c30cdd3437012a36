package io.sluice.watcher.inotifytools;

import io.sluice.linux.InotifyMask;
import java.util.List;

/** How often each kind of event has come, and all together, which may be more: not every event has a column. */
final class EventCounts {
    /** In the order of the table. */
    static final List<Column> COLUMNS = List.of(
            new Column("access", InotifyMask.ACCESS),
            new Column("modify", InotifyMask.MODIFY),
            new Column("attrib", InotifyMask.ATTRIBUTES),
            new Column("close_write", InotifyMask.CLOSE_WRITE),
            new Column("close_nowrite", InotifyMask.CLOSE_NO_WRITE),
            new Column("open", InotifyMask.OPEN),
            new Column("moved_from", InotifyMask.MOVED_FROM),
            new Column("moved_to", InotifyMask.MOVED_TO),
            new Column("move_self", InotifyMask.MOVE_SELF),
            new Column("create", InotifyMask.CREATE),
            new Column("delete", InotifyMask.DELETE),
            new Column("delete_self", InotifyMask.DELETE_SELF),
            new Column("unmount", InotifyMask.UNMOUNT));

    private final long[] counts = new long[COLUMNS.size()];
    private long total;

    /** @param event a single bit of {@link InotifyMask} */
    record Column(String title, int event) {}

    /** Whether this is the single event of a column. */
    static boolean hasColumn(int event) {
        return COLUMNS.stream().anyMatch(column -> column.event == event);
    }

    void count(int mask) {
        total++;
        for (int i = 0; i < counts.length; i++) {
            if ((COLUMNS.get(i).event & mask) != 0) {
                counts[i]++;
            }
        }
    }

    /** The count of a column's event; 0: of all. */
    long of(int event) {
        if (event == 0) {
            return total;
        }
        for (int i = 0; i < counts.length; i++) {
            if (COLUMNS.get(i).event == event) {
                return counts[i];
            }
        }
        throw new IllegalArgumentException("event: " + event + " (expected: that of a column)");
    }
}
