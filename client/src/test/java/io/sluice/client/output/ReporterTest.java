package io.sluice.client.output;

import static io.sluice.protocol.event.ItemFlags.IS_NEW;
import static io.sluice.protocol.event.ItemFlags.LOCAL_CHANGE;
import static io.sluice.protocol.event.ItemFlags.REPORT_PERMS;
import static io.sluice.protocol.event.ItemFlags.REPORT_TIME;
import static io.sluice.protocol.event.ItemFlags.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.Timestamps;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.event.TransferStatistics.Counts;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole runs, event by event, against what rsync 3.5.0 wrote for the same run; each test would fail on one line too many. */
class ReporterTest {
    private static final ReportingOptions PLAIN = ReportingOptions.DEFAULT;
    private static final ReportingOptions VERBOSE = reporting(1, 0, 0);
    private static final ReportingOptions PROGRESS = reporting(1, 0, 1);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private Reporter reporter(ReportingOptions reporting, ItemFormat format, boolean dryRun) {
        ReporterSettings settings = new ReporterSettings(
                reporting,
                format,
                ItemFormat.ITEMIZED,
                NumberStyle.DEFAULT,
                dryRun ? ReporterSettings.Effect.NONE : ReporterSettings.Effect.FULL,
                true,
                false);
        return reporter(settings, false);
    }

    private Reporter reporter(ReporterSettings settings, boolean quiet) {
        Timestamps utc = new Timestamps(() -> ZoneOffset.UTC);
        LogFile file = new LogFile(log, utc, () -> SampleItem.TIME, 42);
        Console console = new Console(new Console.Streams(out, err, false), Escaping.UTF8, quiet, file);
        ItemFormat.Sources sources = new ItemFormat.Sources(utc, () -> SampleItem.TIME, 42);
        return new Reporter(settings, console, sources, () -> 0);
    }

    private static ReportingOptions reporting(int verbosity, int itemize, int progress) {
        return new ReportingOptions(verbosity, false, itemize, OutFormat.NONE, false, progress, Map.of());
    }

    private static void run(Reporter reporter, boolean dryRun) {
        reporter.start(new ItemContext(true, true, true), true, true, true);
        reporter.fileListReady(5);
        reporter.fileListGrew(5, 7, true);
        reporter.item(SampleItem.directory(LOCAL_CHANGE | IS_NEW, "src"));
        SampleItem a = SampleItem.file(TRANSFER | IS_NEW, "src/a", 6);
        reporter.item(a);
        if (!dryRun) {
            reporter.transferStarted(a);
            reporter.transferProgress(6, 6);
            reporter.transferEnded(a, true);
        }
        reporter.item(SampleItem.symlink(LOCAL_CHANGE | IS_NEW, "src/l", "a"));
        reporter.item(SampleItem.file(REPORT_PERMS, "src/mode", 1));
        reporter.item(SampleItem.file(0, "src/same", 1));
        reporter.item(SampleItem.directory(REPORT_TIME, "src/d"));
        reporter.deleted("gone".getBytes(StandardCharsets.ISO_8859_1), true);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void verboseShowsNamesOfWhatWasMadeOrTransferredAndChangedDirectories() {
        run(reporter(VERBOSE, ItemFormat.NAMES, false), false);
        assertThat(shown())
                .isEqualTo("sending incremental file list\nsrc/\nsrc/a\nsrc/l -> a\nsrc/d/\ndeleting gone/\n");
    }

    @Test
    void itemizeShowsEveryChange() {
        run(reporter(reporting(0, 1, 0), ItemFormat.ITEMIZED, true), true);
        assertThat(shown()).isEqualTo("""
                        cd+++++++++ src/
                        >f+++++++++ src/a
                        cL+++++++++ src/l -> a
                        .f...p..... src/mode
                        .d..t...... src/d/
                        *deleting   gone/
                        """);
    }

    @Test
    void itemizeTwiceShowsTheUnchangedToo() {
        run(reporter(reporting(0, 2, 0), ItemFormat.ITEMIZED, false), false);
        assertThat(shown()).contains("\n.f          src/same\n");
    }

    @Test
    void formatThatNeedsTheOutcomeIsShownAfterTheTransfer() {
        Reporter reporter = reporter(PLAIN, ItemFormat.parse("%n %b"), false);
        SampleItem a = SampleItem.file(TRANSFER | IS_NEW, "a", 6);
        reporter.item(a);
        reporter.transferStarted(a);
        assertThat(shown()).isEmpty();
        reporter.transferEnded(a, true);
        assertThat(shown()).isEqualTo("a 49\n");
    }

    @Test
    void logHasTransfersWhenTheyAreOver() {
        run(reporter(VERBOSE, ItemFormat.NAMES, false), false);
        assertThat(log.toString(StandardCharsets.UTF_8).replace("2026/11/21 08:19:09 [42] ", "@"))
                .isEqualTo("""
                        @building file list
                        @cd+++++++++ src/
                        @>f+++++++++ src/a
                        @cL+++++++++ src/l -> a
                        @.d..t...... src/d/
                        @*deleting   gone/
                        """);
    }

    @Test
    void logHasNoDeletionThatWasNotDone() {
        run(reporter(VERBOSE, ItemFormat.NAMES, true), true);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("src/l").doesNotContain("gone");
    }

    @Test
    void progressFollowsTheNameAndCountsWhatIsLeft() {
        run(reporter(PROGRESS, ItemFormat.NAMES, false), false);
        assertThat(shown())
                .contains("src/a\n\r              6 100%    0.00kB/s    0:00:00  "
                        + "\r              6 100%    0.00kB/s    0:00:00 (xfr#1, to-chk=3/5)\nsrc/l -> a\n");
    }

    @Test
    void wholeListIsCountedOnOneLine() {
        Reporter reporter = reporter(PROGRESS, ItemFormat.NAMES, false);
        reporter.start(new ItemContext(true, true, true), true, false, true);
        reporter.fileListProgress(0);
        reporter.fileListProgress(5);
        reporter.fileListProgress(100);
        reporter.fileListReady(105);
        assertThat(shown()).isEqualTo("building file list ... \n 0 files...\r 100 files...\r105 files to consider\n");
    }

    @Test
    void wholeListIsDoneOnOneLine() {
        Reporter reporter = reporter(VERBOSE, ItemFormat.NAMES, false);
        reporter.start(new ItemContext(false, true, true), false, false, true);
        reporter.fileListReady(105);
        assertThat(shown()).isEqualTo("receiving file list ... done\n");
    }

    @Test
    void quietKeepsErrorsAndTheLogOnly() {
        ReporterSettings settings = new ReporterSettings(
                VERBOSE,
                ItemFormat.NAMES,
                ItemFormat.ITEMIZED,
                NumberStyle.DEFAULT,
                ReporterSettings.Effect.FULL,
                true,
                false);
        Reporter reporter = reporter(settings, true);
        run(reporter, false);
        reporter.notice(new Notice(Notice.Severity.ERROR_XFER, true, "bad\nname".getBytes(StandardCharsets.UTF_8)));
        assertThat(out.toByteArray()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("bad\\#012name\n");
        assertThat(log.toString(StandardCharsets.UTF_8)).endsWith("bad\\#012name\n");
    }

    @Test
    void summaryComesAfterABlankLineThatTheLogLacks() {
        Reporter reporter = reporter(VERBOSE, ItemFormat.NAMES, false);
        Counts none = Counts.ZERO;
        reporter.summarize(new TransferStatistics(none, none, none, 0, 7, 0, 0, 0, 0, 0, 0, 243, 95), 0);
        assertThat(shown())
                .isEqualTo("\nsent 243 bytes  received 95 bytes  676.00 bytes/sec\ntotal size is 7  speedup is 0.02\n");
        assertThat(log.toString(StandardCharsets.UTF_8)).hasLineCount(2);
    }

    @Test
    void listingHasRsyncsColumns() {
        Reporter reporter = reporter(PLAIN, ItemFormat.NAMES, false);
        reporter.listed(SampleItem.file(0, "a", 1234));
        reporter.listed(SampleItem.symlink(0, "l", "a"));
        reporter.listed(new SampleItem(0, false, "t", 0041777, 4096, "", 0));
        reporter.listed(new SampleItem(0, false, "gone", 0, 0, "", 0));
        assertThat(shown()).isEqualTo("""
                        -rw-r--r--          1,234 2026/11/21 08:19:09 a
                        lrwxrwxrwx              1 2026/11/21 08:19:09 l -> a
                        drwxrwxrwt          4,096 2026/11/21 08:19:09 t
                        *missing                                      gone
                        """);
    }
}
