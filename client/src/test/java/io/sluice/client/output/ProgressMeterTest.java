package io.sluice.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.output.ProgressMeter.Position;
import org.junit.jupiter.api.Test;

/** The moving line, byte for byte in rsync's columns, with a clock of the test's own. */
class ProgressMeterTest {
    private final ProgressMeter perFile = new ProgressMeter(NumberStyle.DEFAULT, false);

    @Test
    void endsAFileThatNeverMovedWithItsTotals() {
        assertThat(perFile.finish(0, 0, 5, new Position(2, true, 0, 5)))
                .isEqualTo("\r              0 100%    0.00kB/s    0:00:00 (xfr#2, to-chk=0/5)\n");
    }

    @Test
    void showsTheFirstChunkAtOnceAndThenOnceASecond() {
        assertThat(perFile.update(32768, 10_000_000, 1000))
                .isEqualTo("\r         32,768   0%    0.00kB/s    0:00:00  ");
        assertThat(perFile.update(500_000, 10_000_000, 1999)).isEmpty();
        assertThat(perFile.update(1_081_344 + 2048, 10_000_000, 2000))
                .isEqualTo("\r      1,083,392  10%    1.00MB/s    0:00:08  ");
    }

    @Test
    void ratesByTheLastFiveSecondsButTheEndByAll() {
        perFile.update(0, 1 << 30, 0);
        for (int second = 1; second <= 5; second++) {
            perFile.update(second * 1024L, 1 << 30, second * 1000L);
        }
        assertThat(perFile.update(2 * 1024 + (4L << 20), 1 << 30, 6000)).contains(" 1024.00kB/s ");
        assertThat(perFile.finish(6 << 20, 6 << 20, 6000, new Position(1, false, 3, 7)))
                .isEqualTo("\r      6,291,456 100% 1024.00kB/s    0:00:06 (xfr#1, ir-chk=3/7)\n");
    }

    @Test
    void beginsEachFileAnew() {
        perFile.update(10, 20, 0);
        perFile.finish(20, 20, 4000, new Position(1, true, 1, 2));
        assertThat(perFile.update(10, 20, 10_000)).isEqualTo("\r             10  50%    0.00kB/s    0:00:00  ");
    }

    @Test
    void wholeTransferKeepsItsLineAndCoversALongerTail() {
        ProgressMeter whole = new ProgressMeter(NumberStyle.DEFAULT, true);
        String first = whole.finish(6, 7, 10, new Position(1, true, 10, 12));
        String second = whole.finish(7, 7, 20, new Position(2, true, 0, 12));
        assertThat(first).endsWith(" (xfr#1, to-chk=10/12)");
        assertThat(second).endsWith(" (xfr#2, to-chk=0/12) ").hasSameSizeAs(first);
    }
}
