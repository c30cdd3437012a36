package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a clock that only the test moves: a path that goes too early, too late, twice or never is another list. */
class DirtyQueueTest {
    private static final long SETTLE = 3;
    private static final long MAX_DELAY = 100;
    private static final long SECOND = 1_000_000_000;

    private final DirtyQueue queue = new DirtyQueue(new DirtyQueue.Limits(1 << 20, 10, SETTLE, MAX_DELAY));

    private void mark(String path, long nanos) {
        queue.mark(DirtyPath.of(path.getBytes(StandardCharsets.UTF_8)), Dirt.SINGLE, nanos);
    }

    private static List<String> paths(DirtySet set) {
        List<String> paths = new ArrayList<>();
        collect(set.root(), "", paths);
        paths.sort(null);
        return paths;
    }

    private static void collect(DirtyNode node, String path, List<String> into) {
        if (node.dirt() != 0) {
            into.add(text(path, node.dirt()));
        }
        for (DirtyNode.Entry child : node.entries()) {
            String name = path + (path.isEmpty() ? "" : "/") + new String(child.name(), StandardCharsets.UTF_8);
            DirtyNode below = child.node();
            if (below == null) {
                into.add(text(name, child.dirt()));
            } else {
                collect(below, name, into);
            }
        }
    }

    private static String text(String path, int dirt) {
        return path + ((dirt & Dirt.LISTED) != 0 ? "/*" : "");
    }

    @Test
    void waitsUntilNothingMoreComes() {
        assertThat(queue.timeToWork(0)).isEqualTo(Pulse.FOREVER);
        mark("a", 10);
        assertThat(queue.timeToWork(10)).isEqualTo(SETTLE);
        mark("b", 12);
        assertThat(queue.timeToWork(13)).isEqualTo(2);
        assertThat(queue.timeToWork(15)).isZero();
        assertThat(paths(queue.take(15, 0))).containsExactly("a", "b");
        assertThat(queue.isEmpty()).isTrue();
    }

    /** Changes that never rest must not keep a batch for ever. */
    @Test
    void goesAfterTheMaximumDelayAlthoughMoreComes() {
        for (long now = 0; now < MAX_DELAY; now += 2) {
            assertThat(queue.timeToWork(now)).isPositive();
            mark("a", now);
        }
        assertThat(queue.timeToWork(MAX_DELAY)).isZero();
    }

    /** A fresh change goes between two slices of a large batch, and the batch goes on between two fresh changes. */
    @Test
    void takesTurnsBetweenALargeBatchAndFreshChanges() {
        for (int i = 0; i < 35; i++) {
            mark("burst/f" + i, 0);
        }
        assertThat(queue.timeToWork(0)).isZero();
        List<Integer> sizes = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int turn = 0; !queue.isEmpty(); turn++) {
            mark("fresh" + turn, turn);
            List<String> taken = paths(queue.take(turn, 0));
            sizes.add(taken.size());
            all.addAll(taken);
            if (turn > 20) {
                break;
            }
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(35).doesNotHaveDuplicates();
        assertThat(all.indexOf("fresh0")).isLessThan(12);
        assertThat(sizes).allMatch(size -> size <= 10);
    }

    @Test
    void bringsBackWhatWasNotFinishedWhenItsPauseIsOver() {
        mark("a", 0);
        queue.partly(queue.take(5, 0), 50);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.hasUnfinished()).isTrue();
        assertThat(queue.timeToWork(10)).isEqualTo(40);
        mark("b", 10);
        assertThat(paths(queue.take(20, 0))).containsExactly("b");
        assertThat(paths(queue.take(50, 0))).containsExactly("a");
        assertThat(queue.hasUnfinished()).isFalse();
    }

    /** The receiver that was cut off may still be alive, with old files in its hands. */
    @Test
    void looksAgainThreeTimesAfterASessionBrokeOff() {
        mark("dir/a", 0);
        DirtySet batch = queue.take(5, 0);
        queue.brokeOff(batch, 5);
        queue.putBack(batch);
        assertThat(paths(queue.take(6, 0))).containsExactly("dir/a");
        long now = 5;
        for (long pause : new long[] {1, 5, 30}) {
            assertThat(queue.timeToWork(now)).isEqualTo(pause * SECOND);
            now += pause * SECOND;
            assertThat(paths(queue.take(now, 0))).containsExactly("dir/*");
        }
        assertThat(queue.timeToWork(now)).isEqualTo(Pulse.FOREVER);
    }

    /** For people: how far behind a replica is. */
    @Test
    void knowsTheOldestChange() {
        assertThat(queue.oldest(70)).isEqualTo(70);
        mark("a", 20);
        mark("b", 60);
        assertThat(queue.oldest(70)).isEqualTo(20);
        assertThat(queue.oldest(10)).isEqualTo(10);
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void staysWithinItsBytes() {
        DirtyQueue small = new DirtyQueue(new DirtyQueue.Limits(20_000, 50, 1, 1));
        for (int i = 0; i < 5000; i++) {
            small.mark(DirtyPath.of(("d" + i % 10 + "/f" + i).getBytes(StandardCharsets.UTF_8)), Dirt.SINGLE, i);
        }
        assertThat(small.bytes()).isLessThanOrEqualTo(20_000);
        assertThat(small.isEmpty()).isFalse();
    }

    /** A line on which every long session breaks off brings over a little each time, and not the same again and again. */
    @Test
    void takesLessTheOfterItBrokeOff() {
        for (int i = 0; i < 10; i++) {
            mark("f" + i, 0);
        }
        assertThat(queue.take(5, 2).size()).isEqualTo(2);
        assertThat(queue.take(5, 1).size()).isEqualTo(5);
        assertThat(queue.take(5, 99).size()).isEqualTo(1);
        assertThat(queue.take(5, 0).size()).isEqualTo(2);
    }
}
