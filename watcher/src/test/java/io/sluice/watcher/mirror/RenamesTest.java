package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether both names of a rename are in the same batch: a queue that knows nothing of renames tears most of these apart. */
class RenamesTest {
    private static final int SLICE = 10;

    private final DirtyQueue queue = new DirtyQueue(new DirtyQueue.Limits(1 << 22, SLICE, 3, 100));

    private static DirtyPath path(String path) {
        return DirtyPath.of(path.getBytes(StandardCharsets.UTF_8));
    }

    private void mark(String path, int dirt) {
        queue.mark(path(path), dirt, 0);
    }

    private void rename(String from, String to) {
        queue.markRenamed(new Rename(from, to, false), 0);
    }

    private void renameDirectory(String from, String to) {
        queue.markRenamed(new Rename(from, to, true), 0);
    }

    private DirtySet take() {
        return queue.take(0, 0);
    }

    /** Each slice begins anywhere. */
    @Test
    void bothNamesGoInOneSlice() {
        for (int i = 0; i < 500; i++) {
            rename("old/f" + i, "new/g" + i);
        }
        Set<Integer> seen = new HashSet<>();
        while (!queue.isEmpty()) {
            DirtySet batch = take();
            assertThat(batch.size()).isBetween(1, 5 * SLICE);
            for (int i = 0; i < 500; i++) {
                boolean old = batch.has(path("old/f" + i));
                assertThat(batch.has(path("new/g" + i))).as("new name of " + i).isEqualTo(old);
                if (old) {
                    assertThat(seen.add(i)).as("once: " + i).isTrue();
                }
            }
        }
        assertThat(seen).hasSize(500);
        assertThat(queue.bytes()).isLessThan(1000);
    }

    @Test
    void aNameThatWaitsElsewhereIsFetched() {
        mark("old/a", Dirt.SINGLE);
        queue.partly(take(), 1_000_000);
        rename("old/a", "b");
        queue.take(0, 99); // one path alone, and what belongs to it
        assertThat(queue.isEmpty()).isTrue();
        rename("x/c", "d");
        for (int i = 0; i < 4 * SLICE; i++) {
            mark("burst/" + i, Dirt.SINGLE);
        }
        mark("d", Dirt.SINGLE | Dirt.CONTENT); // fresh, while the other marks are in the backlog
        DirtySet batch = take();
        while (!batch.has(path("d"))) {
            batch = take();
        }
        assertThat(batch.has(path("x/c"))).isTrue();
    }

    @Test
    void anOldNameIsInADirectoryThatWentAsAWhole() {
        for (int i = 0; i < 3 * SLICE; i++) {
            rename("old/f" + i, "new/g" + i);
        }
        mark("old", Dirt.SUBTREE);
        int withNew = 0;
        for (int turn = 0; turn < 10 && !queue.isEmpty(); turn++) {
            DirtySet batch = take();
            if (batch.has(path("old"))) {
                for (int i = 0; i < 3 * SLICE; i++) {
                    withNew += batch.has(path("new/g" + i)) ? 1 : 0;
                }
            }
        }
        assertThat(withNew).as("new names beside the directory").isEqualTo(3 * SLICE);
    }

    @Test
    void aDirectoryGoesWithWhatWasMovedOutOfItAfterwards() {
        renameDirectory("old", "new");
        rename("new/a", "other/a");
        for (int i = 0; i < 3 * SLICE; i++) {
            mark("burst/" + i, Dirt.SINGLE);
        }
        DirtySet batch = take();
        while (!batch.has(path("other/a"))) {
            assertThat(batch.has(path("old"))).isFalse();
            batch = take();
        }
        assertThat(batch.has(path("old/b"))).isTrue();
        assertThat(batch.has(path("new/b"))).isTrue();
    }

    @Test
    void aRingOfNamesGoesAtOnce() {
        rename("a", "b");
        rename("b", "c");
        rename("c", "a");
        for (int i = 0; i < 3 * SLICE; i++) {
            mark("burst/" + i, Dirt.SINGLE);
        }
        DirtySet batch = take();
        while (!batch.has(path("a"))) {
            batch = take();
        }
        assertThat(batch.has(path("b"))).isTrue();
        assertThat(batch.has(path("c"))).isTrue();
    }

    /** As of old logs: each takes the name of the next. All of them are one row, and are not to be one batch. */
    @Test
    void aRowWithoutEndGoesInPieces() {
        for (int i = 5000; i > 0; i--) {
            rename("log." + i, "log." + (i + 1));
        }
        Set<Integer> seen = new HashSet<>();
        for (int turn = 0; !queue.isEmpty(); turn++) {
            assertThat(turn).isLessThan(1000);
            DirtySet batch = take();
            assertThat(batch.size()).isBetween(1, 5 * SLICE);
            for (int i = 1; i <= 5001; i++) {
                if (batch.has(path("log." + i))) {
                    seen.add(i);
                }
            }
        }
        assertThat(seen).hasSize(5001);
    }

    @Test
    void whatFailedGoesTogetherAgain() {
        rename("a", "b");
        DirtySet batch = take();
        queue.brokeOff(batch, 0);
        queue.putBack(batch);
        for (int i = 0; i < 3 * SLICE; i++) {
            mark("burst/" + i, Dirt.SINGLE);
        }
        DirtySet again = take();
        while (!again.has(path("a"))) {
            assertThat(again.has(path("b"))).isFalse();
            again = take();
        }
        assertThat(again.has(path("b"))).isTrue();
    }

    /** The usual way to write a file is no rename for a replica: it has never had the first name. */
    @Test
    void whatWasJustWrittenToIsTiedToNothing() {
        mark("site/.f.tmp", Dirt.SINGLE | Dirt.CONTENT);
        long before = queue.bytes();
        rename("site/.f.tmp", "site/f");
        assertThat(queue.bytes() - before).as("bytes of a path alone").isLessThan(100);
        DirtySet batch = take();
        DirtyWay way = DirtyWay.find(batch.root(), path("site/f"));
        assertThat(way).isNotNull();
        assertThat(way.dirt() & Dirt.MOVED).isZero();
    }

    @Test
    void staysWithinItsBytes() {
        DirtyQueue small = new DirtyQueue(new DirtyQueue.Limits(40_000, 50, 1, 1));
        for (int i = 0; i < 5000; i++) {
            small.markRenamed(new Rename("old" + i % 10 + "/f" + i, "new/f" + i, false), i);
        }
        assertThat(small.bytes()).isLessThanOrEqualTo(40_000);
    }

    /** The directory that files left is gone before that is told: with it would go what else was renamed out of it. */
    @Test
    void waitsForTheEndOfADirectoryButNotForEver() {
        rename("old/sub/a", "new/a");
        mark("old/sub", Dirt.SUBTREE);
        DirtySet batch = take();
        assertThat(queue.postpone(batch, directories -> Set.of(), 0))
                .as("it is there")
                .isFalse();
        queue.putBack(batch);
        for (int i = 0; i < 10; i++) {
            assertThat(queue.postpone(take(), directories -> directories, i * 100L))
                    .as("time " + i)
                    .isTrue();
            assertThat(queue.timeToWork(i * 100L)).isEqualTo(100);
        }
        assertThat(queue.postpone(take(), directories -> directories, 1000))
                .as("for ever")
                .isFalse();
    }

    @Test
    void doesNotWaitForWhatWasTold() {
        rename("old/a", "new/a");
        mark("old", Dirt.SUBTREE);
        assertThat(queue.postpone(take(), directories -> directories, 0)).isFalse();
        mark("elsewhere/b", Dirt.SINGLE);
        assertThat(queue.postpone(take(), directories -> directories, 0))
                .as("no rename")
                .isFalse();
    }
}
