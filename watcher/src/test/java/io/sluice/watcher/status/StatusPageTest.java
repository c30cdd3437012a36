package io.sluice.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.mirror.ReplicaStatus.State;
import io.sluice.watcher.monitor.Trouble;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page as text; that it is one to look at is the browser's affair. Each state that is asserted differs from the one before it. */
class StatusPageTest {
    private final StatusPage page = new StatusPage(ZoneOffset.UTC);

    private String main(Boards boards) {
        return page.main(boards.board.view()).text();
    }

    @Test
    void tellsStatesInWords() {
        Boards boards = Boards.inSync();
        assertThat(main(boards))
                .contains("All 2 replicas are in sync", "1,234 directories watched")
                .doesNotContain("refused");
        boards.fails(Boards.WEB2, Duration.ofSeconds(125));
        assertThat(main(boards))
                .contains("1 of 2 replicas behind", "Waiting to try again", Boards.REFUSED, "2 min 5 s", "7 paths")
                .contains("<a href=\"#source-1-replica-2\">" + Boards.WEB2.name() + "</a>");
        boards.stands(Boards.WEB2, State.IN_SYNC, Duration.ZERO);
        assertThat(main(boards)).contains("All 2 replicas are in sync", "over since: " + Boards.REFUSED);
    }

    /** So that a screen reader is not told again and again, and a browser that has it need not fetch it. */
    @Test
    void staysTheSameWhileNothingHappens() {
        Boards boards = Boards.inSync();
        String before = main(boards);
        boards.passes(Duration.ofSeconds(3));
        assertThat(main(boards)).isEqualTo(before);
        boards.source.pushed(Boards.WEB1, Boards.batch(10, 5, "a"));
        assertThat(main(boards)).isNotEqualTo(before);
    }

    @Test
    void escapesWhatOthersNamed() {
        String nasty = "<img src=x onerror=alert(1)>\"'&\u0007";
        Boards boards = new Boards(nasty);
        boards.source.failed(Boards.WEB1, nasty, Duration.ZERO);
        boards.source.trouble(new Trouble(Trouble.Kind.UNREADABLE, new byte[0], nasty));
        String text = page.page(boards.board.view()).text();
        assertThat(text).doesNotContain("<img").contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\uFFFD");
    }

    @Test
    void showsTroubleUntilTheSourceIsBack() {
        Boards boards = Boards.inSync();
        boards.source.trouble(new Trouble(Trouble.Kind.ROOT_GONE, new byte[0], "source /srv/www: gone"));
        assertThat(main(boards)).contains("source /srv/www: gone");
        boards.source.trouble(new Trouble(Trouble.Kind.ROOT_BACK, new byte[0], "there (again)"));
        assertThat(main(boards)).doesNotContain("gone").doesNotContain("again)");
    }

    /** What is over and nobody says so must not be shown for ever, nor what is not over be forgotten. */
    @Test
    void showsWhatHappenedForAWhile() {
        Boards boards = Boards.inSync();
        boards.source.trouble(new Trouble(Trouble.Kind.OVERFLOW, new byte[0], "queue full"));
        boards.source.trouble(new Trouble(Trouble.Kind.ROOT_GONE, new byte[0], "root gone"));
        boards.source.trouble(new Trouble(Trouble.Kind.WATCH_LIMIT, new byte[0], "too many"));
        assertThat(main(boards)).contains("queue full; root gone").doesNotContain("too many");
        boards.source.watching(() -> boards.statuses, () -> Boards.figures(9));
        assertThat(main(boards))
                .contains("queue full; too many; root gone", "by inotify (9 of them looked at now and then)");
        boards.passes(Duration.ofMinutes(10));
        assertThat(main(boards)).contains("too many; root gone").doesNotContain("queue full");
    }

    @Test
    void isNotReadyBeforeEachReplicaHadEverythingOnce() {
        Boards boards = new Boards("www");
        assertThat(boards.board.view().notReady())
                .containsExactly(
                        "www: not watched yet",
                        "www: rsync://publisher@web1/www/ not synchronized yet",
                        "www: rsync://publisher@web2/www/ not synchronized yet");
        assertThat(boards.board.view().isInSync()).isFalse();
        assertThat(Boards.inSync().board.view().notReady()).isEmpty();
        assertThat(Boards.inSync().board.view().isInSync()).isTrue();
    }

    /** A busy site is always a few milliseconds behind. */
    @Test
    void countsOrdinaryWorkAsInSync() {
        Boards boards = Boards.inSync();
        boards.stands(Boards.WEB1, State.PUSHING, Duration.ofMillis(40));
        assertThat(boards.board.view().isInSync()).isTrue();
        boards.stands(Boards.WEB1, State.PUSHING, Duration.ofSeconds(11));
        assertThat(boards.board.view().isInSync()).isFalse();
    }

    @Test
    void tellsTheSameInATerminal() {
        Boards boards = Boards.inSync();
        boards.fails(Boards.WEB2, Duration.ofSeconds(125));
        List<String> lines = StatusText.of(boards.board.view()).lines().toList();
        assertThat(lines)
                .containsExactly(
                        "publish: 1 of 2 replicas behind",
                        "",
                        "[www] /srv/www, 1,234 directories watched by inotify",
                        "REPLICA                      STATE                 LAG        QUEUE    10 MINUTES             LAST ERROR",
                        "rsync://publisher@web1/www/  In sync               none       none     1,200 changes, 3.4 MB  -",
                        "rsync://publisher@web2/www/  Waiting to try again  2 min 5 s  7 paths  1,200 changes, 3.4 MB  "
                                + Boards.REFUSED);
    }

    @Test
    void tellsTheSameInJson() {
        Boards boards = Boards.inSync();
        boards.fails(Boards.WEB2, Duration.ofSeconds(125));
        assertThat(StatusJson.of(boards.board.view()))
                .startsWith(
                        "{\"schema\":1,\"host\":\"publish\",\"time\":\"2026-11-01T12:00:00Z\",\"in_sync\":false,\"ready\":true,")
                .contains(
                        "\"state\":\"waiting\",\"in_sync\":false,\"synchronized_once\":true,\"lag_ms\":125000,\"queue\":7,")
                .contains("\"error\":\"" + Boards.REFUSED + "\"")
                .endsWith("}\n");
    }

    @Test
    void tellsTheSameToPrometheus() {
        Boards boards = Boards.inSync();
        StatusMetrics metrics = new StatusMetrics(boards.board);
        boards.fails(Boards.WEB2, Duration.ofSeconds(125));
        String web2 = "{replica=\"" + Boards.WEB2.name() + "\",source=\"www\"} ";
        assertThat(metrics.text())
                .contains("sluice_mirror_lag_seconds" + web2 + "125.0")
                .contains("sluice_mirror_failures_total" + web2 + "1.0")
                .contains("sluice_monitor_directories{source=\"www\"} 1234.0");
        boards.fails(Boards.WEB2, Duration.ofSeconds(126));
        assertThat(metrics.text()).contains("sluice_mirror_failures_total" + web2 + "2.0");
        boards.board.remove("www");
        assertThat(metrics.text()).doesNotContain("web2");
    }
}
