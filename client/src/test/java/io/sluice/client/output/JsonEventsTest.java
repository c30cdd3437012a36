package io.sluice.client.output;

import static io.sluice.protocol.event.ItemFlags.IS_NEW;
import static io.sluice.protocol.event.ItemFlags.LOCAL_CHANGE;
import static io.sluice.protocol.event.ItemFlags.REPORT_CHANGE;
import static io.sluice.protocol.event.ItemFlags.REPORT_PERMS;
import static io.sluice.protocol.event.ItemFlags.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.Notice.Severity;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.event.TransferStatistics.Counts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Runs, event by event, against the lines that client/JSON.md promises; one member more or less fails. */
class JsonEventsTest {
    private static final TransferStatistics FIGURES = new TransferStatistics(
            new Counts(1, 2, 3, 4, 5), Counts.ZERO, new Counts(6, 0, 0, 0, 0), 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(5_000);

    private JsonEvents events(boolean everything, boolean progress, boolean dryRun) {
        return new JsonEvents(out, new JsonEvents.Settings(everything, progress, dryRun, false), clock::get);
    }

    private static Presentation.Start start() {
        return new Presentation.Start(new ItemContext(false, true, true), true, true, true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String shown(JsonEvents events) {
        events.close();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRunIsItsItemsItsFiguresAndItsEnd() {
        JsonEvents events = events(false, false, false);
        events.start(start());
        events.item(SampleItem.directory(LOCAL_CHANGE | IS_NEW, "d"));
        SampleItem file = SampleItem.file(TRANSFER | IS_NEW, "d/\u00ff", 6);
        events.item(file);
        events.transferStarted(file);
        events.transferProgress(6, 6);
        events.transferEnded(file, true);
        events.item(SampleItem.symlink(LOCAL_CHANGE | REPORT_CHANGE, "l", "a"));
        events.item(SampleItem.file(REPORT_PERMS, "mode", 1));
        events.item(SampleItem.file(0, "same", 1));
        events.deleted(bytes("gone"), true);
        events.summarize(FIGURES, 1);
        clock.addAndGet(1_234);
        events.ended(0);
        events.ended(20);
        events.info(bytes("too late"));
        assertThat(shown(events)).isEqualTo("""
                {"event":"start","schema":1,"role":"sender","dry_run":false}
                {"event":"file","action":"create","type":"directory","path":"d","size":4096,"mtime":1795249149,"mode":"0755","change":"cd+++++++++"}
                {"event":"file","action":"transfer","type":"file","path":"d/\uFFFD","path_base64":"ZC//","size":6,"mtime":1795249149,"mode":"0644","change":"<f+++++++++","wire_bytes":49,"complete":true}
                {"event":"file","action":"replace","type":"symlink","path":"l","size":1,"mtime":1795249149,"mode":"0777","target":"a","change":"cLc........"}
                {"event":"file","action":"attributes","type":"file","path":"mode","size":1,"mtime":1795249149,"mode":"0644","change":".f...p....."}
                {"event":"deletion","path":"gone","directory":true}
                {"event":"statistics","files":{"total":15,"files":1,"directories":2,"symlinks":3,"devices":4,"specials":5},"created":{"total":0,"files":0,"directories":0,"symlinks":0,"devices":0,"specials":0},"deleted":{"total":6,"files":6,"directories":0,"symlinks":0,"devices":0,"specials":0},"transferred_files":7,"total_size":8,"transferred_size":9,"literal_data":10,"matched_data":11,"file_list_size":12,"file_list_build_ms":13,"file_list_transfer_ms":14,"bytes_sent":15,"bytes_received":16}
                {"event":"end","exit_code":0,"text":"success","elapsed_ms":1234}
                """);
    }

    @Test
    void aDryRunTellsWhatWouldTravel() {
        JsonEvents events = events(false, false, true);
        events.item(SampleItem.file(TRANSFER, "a", 6));
        assertThat(shown(events))
                .isEqualTo(
                        "{\"event\":\"file\",\"action\":\"transfer\",\"type\":\"file\",\"path\":\"a\",\"size\":6,\"mtime\":1795249149,\"mode\":\"0644\",\"change\":\"<f.........\"}\n");
    }

    @Test
    void everythingIncludesWhatDidNotChange() {
        JsonEvents events = events(true, false, false);
        events.item(SampleItem.file(0, "same", 1));
        assertThat(shown(events)).contains("\"action\":\"none\"", "\"change\":\".f         \"");
    }

    @Test
    void aListingHasNoChange() {
        JsonEvents events = events(false, false, false);
        events.listed(SampleItem.symlink(0, "l", ""));
        assertThat(shown(events))
                .isEqualTo(
                        "{\"event\":\"file\",\"action\":\"list\",\"type\":\"symlink\",\"path\":\"l\",\"size\":0,\"mtime\":1795249149,\"mode\":\"0777\"}\n");
    }

    @Test
    void messagesOfBothEndsAreToldApart() {
        JsonEvents events = events(false, false, false);
        events.notice(new Notice(Severity.ERROR_XFER, true, bytes("bad \"x\"")));
        events.notice(new Notice(Severity.WARNING, false, bytes("w\u00ff")));
        events.notice(new Notice(Severity.INFO, true, bytes("i")));
        events.notice(new Notice(Severity.LOG, false, bytes("for the log")));
        events.error(bytes("e"));
        events.failure(bytes("rsync error: … (code 23)"));
        events.ended(23);
        assertThat(shown(events)).isEqualTo("""
                {"event":"error","origin":"peer","text":"bad \\"x\\""}
                {"event":"warning","origin":"local","text":"w\uFFFD","text_base64":"d/8="}
                {"event":"info","origin":"peer","text":"i"}
                {"event":"error","origin":"local","text":"e"}
                {"event":"end","exit_code":23,"text":"some files/attrs were not transferred (see previous errors)","elapsed_ms":0}
                """);
    }

    /** What broke it off is told as an error by whoever knows the words; the file under way has no event, and there are no figures. */
    @Test
    void aRunThatIsBrokenOffTellsWhyAndEnds() {
        JsonEvents events = events(false, false, false);
        events.start(start());
        events.transferStarted(SampleItem.file(TRANSFER | IS_NEW, "a", 6));
        events.transferProgress(3, 6);
        events.brokenOff(new TransferException(ExitCode.STREAM_IO, "connection unexpectedly closed"));
        events.error(bytes("rsync: connection unexpectedly closed"));
        events.failure(bytes("rsync error: … (code 12)"));
        events.ended(12);
        assertThat(shown(events)).isEqualTo("""
                {"event":"start","schema":1,"role":"sender","dry_run":false}
                {"event":"error","origin":"local","text":"rsync: connection unexpectedly closed"}
                {"event":"end","exit_code":12,"text":"error in rsync protocol data stream","elapsed_ms":0}
                """);
    }

    @Test
    void progressComesAtMostOnceASecondAndAtTheEnd() {
        JsonEvents events = events(false, true, false);
        events.start(start());
        events.fileListReady(3);
        events.fileListGrew(3, 500, true);
        SampleItem file = SampleItem.file(TRANSFER, "a", 400);
        events.transferStarted(file);
        events.transferProgress(0, 400);
        events.transferProgress(100, 400);
        events.transferProgress(200, 400);
        clock.addAndGet(1_000);
        events.transferProgress(300, 400);
        events.transferEnded(file, true);
        events.summarize(FIGURES, 1);
        assertThat(shown(events).lines().filter(line -> line.contains("\"progress\"")))
                .containsExactly(
                        "{\"event\":\"progress\",\"path\":\"a\",\"offset\":100,\"size\":400,\"transferred_files\":0,\"transferred_bytes\":100,\"files\":3,\"total_size\":500,\"list_complete\":true}",
                        "{\"event\":\"progress\",\"path\":\"a\",\"offset\":300,\"size\":400,\"transferred_files\":0,\"transferred_bytes\":300,\"files\":3,\"total_size\":500,\"list_complete\":true}",
                        "{\"event\":\"progress\",\"transferred_files\":1,\"transferred_bytes\":400,\"files\":3,\"total_size\":500,\"list_complete\":true}");
    }

    @Test
    void aReaderThatIsGoneEndsTheCommand() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        JsonEvents events = new JsonEvents(broken, new JsonEvents.Settings(false, false, false, true), clock::get);
        assertThatThrownBy(() -> events.info(bytes("x"))).isInstanceOf(UncheckedIOException.class);
    }
}
