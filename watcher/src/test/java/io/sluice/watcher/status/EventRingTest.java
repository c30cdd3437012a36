package io.sluice.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.http.Feed;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import io.sluice.watcher.monitor.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener that is away must miss nothing without being told; ids and order are compared, not only what is there. */
class EventRingTest {
    private final EventRing ring = new EventRing("run", 4, 100);

    private List<String> heard(EventLines lines, String lastEventId) {
        return read(ring.feed(lines).open(Optional.ofNullable(lastEventId)));
    }

    private static List<String> read(Feed.Cursor cursor) {
        List<String> events = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        while (cursor.next(out, 1)) {
            for (String event : out.toString().split("\n\n", 0)) {
                events.add(event.replaceAll("id: run-(\\d+)\nevent: (\\w+)\ndata: ", "$1 $2 "));
            }
            out.setLength(0);
        }
        return events;
    }

    @Test
    void tellsWhatComesAfterTheListener() {
        ring.add(Boards.complete("before"));
        Feed.Cursor cursor = ring.feed(EventLines.TEXT).open(Optional.empty());
        assertThat(read(cursor)).containsExactly("1 watching watching: what changes from now on is told");
        ring.add(Boards.complete("a"));
        ring.add(new Trouble(Trouble.Kind.OVERFLOW, new byte[0], "the queue was full"));
        assertThat(read(cursor))
                .containsExactly("2 change content_complete a", "3 trouble trouble: the queue was full");
        assertThat(read(cursor)).isEmpty();
    }

    @Test
    void goesOnAfterTheLastEvent() {
        for (String path : List.of("a", "b", "c")) {
            ring.add(Boards.complete(path));
        }
        assertThat(heard(EventLines.TEXT, "run-1"))
                .containsExactly(
                        "1 watching watching: what changes from now on is told",
                        "2 change content_complete b",
                        "3 change content_complete c");
        assertThat(heard(EventLines.TEXT, "run-3")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-0", "other-3", "run-99", "run-", "-", "x", "run-99999999999999999999", "run--1"})
    void tellsThatEventsAreLost(String lastEventId) {
        for (String path : List.of("a", "b", "c", "d", "e")) {
            ring.add(Boards.complete(path));
        }
        assertThat(heard(EventLines.TEXT, lastEventId).subList(1, 3))
                .containsExactly(
                        "5 overflow overflow: events are not known any more: everything is to be looked at anew",
                        "5 change subtree .");
    }

    /** A listener that is too slow while it listens is told too, and goes on with what is new. */
    @Test
    void tellsASlowListenerWhatItMissed() {
        Feed.Cursor cursor = ring.feed(EventLines.TEXT).open(Optional.empty());
        assertThat(read(cursor)).hasSize(1);
        for (int i = 0; i < 6; i++) {
            ring.add(Boards.complete("f" + i));
        }
        assertThat(read(cursor)).hasSize(2).first().asString().startsWith("6 overflow");
        ring.add(Boards.complete("new"));
        assertThat(read(cursor)).containsExactly("7 change content_complete new");
    }

    @Test
    void isBoundedInBytesToo() {
        ring.add(Boards.complete("x".repeat(60)));
        ring.add(Boards.complete("y".repeat(60)));
        assertThat(heard(EventLines.TEXT, "run-0").get(1)).startsWith("2 overflow");
        assertThat(heard(EventLines.TEXT, "run-1")).hasSize(2);
    }

    @Test
    void wakesListenersUntilTheyEnd() {
        AtomicInteger wakes = new AtomicInteger();
        Feed feed = ring.feed(EventLines.JSON);
        Feed.Subscription one = feed.subscribe(wakes::incrementAndGet);
        Feed.Subscription two = feed.subscribe(wakes::incrementAndGet);
        ring.add(Boards.complete("a"));
        assertThat(wakes).hasValue(2);
        one.end();
        ring.add(Boards.complete("b"));
        assertThat(wakes).hasValue(3);
        two.end();
        ring.add(Boards.complete("c"));
        assertThat(wakes).hasValue(3);
    }

    /** A name can hold a newline, which would end the event, or bytes that are no text. */
    @Test
    void keepsStrangeNamesInOneLine() {
        byte[] name = {'a', '\n', 'e', 'v', 'e', 'n', 't', ':', '"', (byte) 0xE9};
        ring.add(new Change(name, Set.of(ChangeKind.REMOVED, ChangeKind.CREATED), true));
        assertThat(heard(EventLines.JSON, "run-0"))
                .contains(
                        "1 change {\"event\":\"change\",\"path\":\"a\\nevent:\\\"\uFFFD\",\"path_base64\":\"YQpldmVudDoi6Q==\","
                                + "\"kinds\":[\"created\",\"removed\"],\"directory\":true}");
        assertThat(heard(EventLines.TEXT, "run-0")).contains("1 change created,removed a\\#012event:\"\\#351/");
    }

    @Test
    void tellsWhereARenamedPathWas() {
        ring.add(new Change(Boards.bytes("ü"), Set.of(ChangeKind.CREATED), false, Optional.of(Boards.bytes("old"))));
        assertThat(heard(EventLines.JSON, "run-0").getLast()).endsWith("\"directory\":false,\"moved_from\":\"old\"}");
        assertThat(heard(EventLines.TEXT, "run-0").getLast()).isEqualTo("1 change created ü from old");
    }
}
