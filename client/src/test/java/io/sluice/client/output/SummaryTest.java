package io.sluice.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.event.TransferStatistics.Counts;
import org.junit.jupiter.api.Test;

/** The closing lines of a run of rsync 3.5.0 over five files, from the same figures; two figures swapped change a line. */
class SummaryTest {
    private static final TransferStatistics FIGURES = new TransferStatistics(
            new Counts(2, 2, 1, 0, 0), new Counts(2, 2, 1, 0, 0), Counts.ZERO, 2, 7, 6, 5, 1, 3, 1, 0, 247, 80);

    @Test
    void tellsBytesRateAndSpeedup() {
        Summary summary = new Summary(NumberStyle.DEFAULT);
        assertThat(summary.totals(FIGURES, 0, ReporterSettings.Effect.FULL))
                .containsExactly(
                        "sent 247 bytes  received 80 bytes  654.00 bytes/sec", "total size is 7  speedup is 0.02");
        assertThat(summary.totals(FIGURES, 1, ReporterSettings.Effect.NONE))
                .containsExactly(
                        "sent 247 bytes  received 80 bytes  218.00 bytes/sec",
                        "total size is 7  speedup is 0.02 (DRY RUN)");
    }

    @Test
    void tellsTheFiguresOfStats() {
        assertThat(new Summary(NumberStyle.DEFAULT).statistics(FIGURES))
                .containsExactly(
                        "Number of files: 5 (reg: 2, dir: 2, link: 1)",
                        "Number of created files: 5 (reg: 2, dir: 2, link: 1)",
                        "Number of deleted files: 0",
                        "Number of regular files transferred: 2",
                        "Total file size: 7 bytes",
                        "Total transferred file size: 6 bytes",
                        "Literal data: 5 bytes",
                        "Matched data: 1 bytes",
                        "File list size: 3",
                        "File list generation time: 0.001 seconds",
                        "File list transfer time: 0.000 seconds",
                        "Total bytes sent: 247",
                        "Total bytes received: 80");
    }
}
