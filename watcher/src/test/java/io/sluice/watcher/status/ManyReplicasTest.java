package io.sluice.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PasswordSource;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.mirror.ReplicaStatus;
import io.sluice.watcher.mirror.ReplicaStatus.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That what 200 replicas are shown as stays small, and that those in trouble are what one sees first. */
class ManyReplicasTest {
    private static final int COUNT = 200;
    private static final int KILOBYTE = 1024;

    private final Boards clock = Boards.inSync();
    private final StatusBoard board = new StatusBoard("publish", clock);
    private final List<Replica> replicas = IntStream.range(1, COUNT + 1)
            .mapToObj(i -> "rsync://publisher@web%03d.example.org/www/".formatted(i))
            .map(url -> Replica.of(url, PasswordSource.of("")))
            .toList();
    private final Map<Replica, ReplicaStatus> statuses = new LinkedHashMap<>();
    private final SourceBoard source = board.add("www", "/srv/www", replicas);

    /** Each has a history of ten minutes. */
    private void inSyncBut(int late, int failing) {
        for (int i = 0; i < COUNT; i++) {
            stands(i, State.IN_SYNC, Duration.ZERO, Optional.empty());
        }
        source.watching(() -> statuses, () -> Boards.figures(0));
        replicas.forEach(replica -> source.pushed(replica, Boards.whole(1200, 3_400_000)));
        for (int round = 0; round < 60; round++) {
            for (Replica replica : replicas) {
                source.pushed(replica, Boards.batch(1000L * round, 7, "index.html", "style.css"));
            }
            clock.passes(Duration.ofSeconds(10));
        }
        for (int i = 0; i < late; i++) {
            stands(30 + i, State.PUSHING, Duration.ofSeconds(75), Optional.empty());
        }
        for (int i = 0; i < failing; i++) {
            int at = 100 + i;
            stands(at % COUNT, State.WAITING, Duration.ofMinutes(12), Optional.of(Boards.REFUSED));
            source.failed(replicas.get(at % COUNT), Boards.REFUSED, Duration.ofSeconds(30));
        }
    }

    private void stands(int replica, State state, Duration lag, Optional<String> error) {
        int queue = lag.isZero() ? 0 : 12;
        statuses.put(replicas.get(replica), new ReplicaStatus(state, queue, lag, 60, error));
    }

    private String page() {
        return new StatusPage(ZoneOffset.UTC).page(board.view()).text();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void thoseInTroubleComeFirstAndTheRestIsBrief() {
        inSyncBut(2, 2);
        String page = page();
        assertThat(page).contains("4 of 200 replicas behind", "196 replicas in sync");
        assertThat(page.indexOf("id=\"source-1-replica-101\""))
                .isPositive()
                .isLessThan(page.indexOf("id=\"source-1-replica-31\""));
        assertThat(page.indexOf("id=\"source-1-replica-32\"")).isLessThan(page.indexOf("<details"));
        assertThat(page.indexOf("id=\"source-1-replica-1\"")).isGreaterThan(page.indexOf("<details"));
        assertThat(page.split("<svg", -1)).hasSize(4 + 1);
        List<String> lines = StatusText.of(board.view()).lines().toList();
        assertThat(lines).hasSize(COUNT + 4);
        assertThat(lines.subList(4, 8)).allMatch(line -> !line.contains("In sync"));
        assertThat(lines.get(4)).contains("web101", Boards.REFUSED);
    }

    /** The order of the configuration is worth more than that of trouble as long as one sees all at once. */
    @Test
    void aFewAreAllShownInFullAsConfigured() {
        List<ReplicaView> twelve = board.view().sources().getFirst().replicas().subList(0, 12);
        assertThat(Prominence.of(twelve).full())
                .isEqualTo(IntStream.range(0, 12).boxed().toList());
        assertThat(Prominence.of(twelve).brief()).isEmpty();
    }

    @Test
    void whatIsSentStaysSmall() {
        inSyncBut(2, 2);
        assertThat(bytes(page())).isLessThan(64 * KILOBYTE);
        assertThat(bytes(StatusText.of(board.view()))).isLessThan(64 * KILOBYTE);
    }

    /** Nothing is brief then. */
    @Test
    void whatIsSentIsBoundedWhenAllAreInTrouble() {
        inSyncBut(0, COUNT);
        String page = page();
        assertThat(page).contains("200 of 200 replicas behind", " and 190 more").doesNotContain("<details");
        assertThat(bytes(page)).isLessThan(512 * KILOBYTE);
    }
}
