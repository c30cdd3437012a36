package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.InotifyMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of counts. Rows are given in another order than any that is expected. */
class CountTableTest {
    private final EventCounts all = new EventCounts();
    private final List<Watch> watches = new ArrayList<>();

    private void add(String path, int order, int opens, int modifies, int ignored) {
        Watch watch = new Watch(order, path);
        watch.complete(order);
        count(watch, InotifyMask.OPEN, opens);
        count(watch, InotifyMask.MODIFY, modifies);
        count(watch, InotifyMask.IGNORED, ignored);
        watches.add(watch);
    }

    private void count(Watch watch, int event, int times) {
        for (int i = 0; i < times; i++) {
            watch.counts().count(event);
            all.count(event);
        }
    }

    private String table(int events, boolean zero, RowOrder order) {
        add("b/", 1, 1, 2, 1);
        add("none/", 0, 0, 0, 0);
        add("c/", 3, 2, 0, 0);
        add("a/", 2, 2, 1, 1);
        CommonSettings common =
                new CommonSettings(Backend.INOTIFY, events, 0, true, false, Selection.ALL, Optional.empty(), List.of());
        WatchSettings settings = new WatchSettings(common, false, zero, order);
        return new CountTable(settings, all).of(watches);
    }

    @Test
    void theLargestTotalIsFirstAndOfEqualOnesTheFirstThatWasWatched() {
        assertThat(table(EventNames.ALL, false, RowOrder.DEFAULT)).isEqualTo("""
            total  modify  open  filename
            4      2       1     b/
            4      1       2     a/
            2      0       2     c/
            """);
    }

    @Test
    void rowsAscendByAnEvent() {
        assertThat(table(EventNames.ALL, false, new RowOrder(InotifyMask.OPEN, true)))
                .isEqualTo("""
            total  modify  open  filename
            4      2       1     b/
            4      1       2     a/
            2      0       2     c/
            """);
    }

    @Test
    void showsWhatHasNoCountWhenAsked() {
        int events = InotifyMask.CREATE | InotifyMask.MODIFY;
        assertThat(table(events, true, new RowOrder(InotifyMask.MODIFY, true))).isEqualTo("""
            total  modify  create  filename
            0      0       0       none/
            2      0       0       c/
            4      1       0       a/
            4      2       0       b/
            """);
    }
}
