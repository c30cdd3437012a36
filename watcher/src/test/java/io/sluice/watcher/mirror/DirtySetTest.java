package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a naive model: a list of marks. */
class DirtySetTest {
    private static final long ROOMY = 1 << 30;
    private static final RandomGenerator CHANCE = new Random(7);

    private static List<DirtyMark> marks(DirtySet set) {
        return DirtyMark.below(set.root());
    }

    private static void mark(DirtySet set, String path, int dirt, long nanos) {
        set.mark(DirtyMark.path(path), dirt, nanos);
    }

    private static Set<String> covered(List<DirtyMark> marks) {
        Set<String> paths = new TreeSet<>();
        Random random = new Random(99);
        for (int i = 0; i < 500; i++) {
            String path = DirtyMark.random(random).path();
            if (marks.stream().anyMatch(mark -> mark.covers(path))) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** Both ways: nothing is lost, and with room enough nothing is added. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void coversExactlyWhatWasMarkedInAnyMixOfMarksTakesAndPutBacks(long seed) {
        Random random = new Random(seed);
        DirtySet set = new DirtySet(ROOMY);
        List<DirtyMark> model = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(5) == 0) {
                int part = random.nextInt(20);
                boolean all = random.nextBoolean();
                DirtySet taken = all ? set.take() : set.take(part, CHANCE);
                if (all) {
                    assertThat(set.isEmpty()).isTrue();
                } else {
                    assertThat(taken.size()).isLessThanOrEqualTo(part + 5);
                }
                DirtyMark meanwhile = DirtyMark.random(random);
                mark(set, meanwhile.path(), meanwhile.dirt(), i);
                model.add(meanwhile);
                set.putBack(taken);
            } else {
                DirtyMark mark = DirtyMark.random(random);
                mark(set, mark.path(), mark.dirt(), i);
                model.add(mark);
            }
            DirtySet copy = set.take();
            assertThat(covered(marks(copy))).isEqualTo(covered(model));
            assertFulfilled(marks(copy), model);
            set.putBack(copy);
            assertThat(set.size()).isEqualTo(copy.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 400, 3000})
    void staysWithinItsBoundAndSaysTooMuchRatherThanTooLittle(int max) {
        Random random = new Random(max);
        DirtySet set = new DirtySet(max);
        List<DirtyMark> model = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            DirtyMark mark = DirtyMark.random(random);
            mark(set, mark.path(), mark.dirt(), i);
            model.add(mark);
            assertThat(set.bytes()).isLessThanOrEqualTo(max);
        }
        assertThat(covered(marks(set))).containsAll(covered(model));
        assertFulfilled(marks(set), model);
    }

    private static void assertFulfilled(List<DirtyMark> marks, List<DirtyMark> model) {
        for (DirtyMark wanted : model) {
            assertThat(marks).as("%s", wanted).anyMatch(mark -> mark.fulfils(wanted));
        }
    }

    /** A full look by size and time must not make the mirror forget what it has heard of contents, nor that all be read. */
    @Test
    void keepsBelowASubtreeWhatThatDoesNotSay() {
        DirtySet set = new DirtySet(ROOMY);
        mark(set, "a/written", Dirt.SINGLE | Dirt.CONTENT, 0);
        mark(set, "a/touched", Dirt.SINGLE, 0);
        mark(set, "b/c/gone", Dirt.SINGLE | Dirt.REPLACED, 0);
        mark(set, "d/e", Dirt.SINGLE, 0);
        mark(set, "", Dirt.SUBTREE, 0);
        mark(set, "later", Dirt.SINGLE | Dirt.CONTENT, 0);
        mark(set, "touched", Dirt.SINGLE, 0);
        assertThat(marks(set))
                .containsExactlyInAnyOrder(
                        new DirtyMark("", Dirt.SINGLE | Dirt.SUBTREE),
                        new DirtyMark("a/written", Dirt.SINGLE | Dirt.CONTENT),
                        new DirtyMark("b/c/gone", Dirt.SINGLE | Dirt.REPLACED),
                        new DirtyMark("later", Dirt.SINGLE | Dirt.CONTENT));
        assertThat(set.size()).isEqualTo(4);
        mark(set, "a", Dirt.SUBTREE | Dirt.REPLACED, 0);
        assertThat(marks(set))
                .contains(new DirtyMark("a", Dirt.SINGLE | Dirt.SUBTREE | Dirt.REPLACED))
                .hasSize(4);
    }

    /** A file's other names are not in the subtree, and nothing else tells of them. */
    @Test
    void keepsNamesOfFilesWithOthersEvenBelowASubtreeThatIsCompared() {
        DirtySet set = new DirtySet(ROOMY);
        mark(set, "dir/name", Dirt.SINGLE | Dirt.CONTENT | Dirt.LINKED, 0);
        mark(set, "dir/file", Dirt.SINGLE | Dirt.CONTENT, 0);
        mark(set, "dir", Dirt.SUBTREE | Dirt.REPLACED, 0);
        assertThat(marks(set))
                .containsExactlyInAnyOrder(
                        new DirtyMark("dir", Dirt.SINGLE | Dirt.SUBTREE | Dirt.REPLACED),
                        new DirtyMark("dir/name", Dirt.SINGLE | Dirt.CONTENT | Dirt.LINKED));
    }

    /** All that is marked is taken in the end, in portions, while more comes. */
    @Test
    void givesPortionsUntilNothingIsLeft() {
        DirtySet set = new DirtySet(ROOMY);
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 5000; i++) {
            String path = "d" + i % 7 + "/e" + i % 3 + "/f" + i;
            expected.add(path);
            mark(set, path, Dirt.SINGLE, i);
        }
        Set<String> taken = new TreeSet<>();
        int portions = 0;
        while (!set.isEmpty()) {
            DirtySet portion = set.take(600, CHANCE);
            assertThat(portion.size()).isLessThanOrEqualTo(600);
            marks(portion).forEach(mark -> assertThat(taken.add(mark.path())).isTrue());
            portions++;
        }
        assertThat(taken).isEqualTo(expected);
        assertThat(portions).isEqualTo(9);
        assertThat(set.bytes()).isZero();
    }

    /** A receiver that was cut off may have left something in each directory where it was at work. */
    @Test
    void suspectsTheDirectoriesOfWhatWasUnderWay() {
        DirtySet set = new DirtySet(ROOMY);
        mark(set, "a/b/file", Dirt.SINGLE | Dirt.CONTENT, 1);
        mark(set, "a/tree", Dirt.SINGLE | Dirt.SUBTREE, 1);
        mark(set, "page", Dirt.SINGLE, 1);
        DirtySet suspects = set.suspects(50);
        assertThat(marks(suspects))
                .containsExactlyInAnyOrder(
                        new DirtyMark("", Dirt.SINGLE | Dirt.LISTED),
                        new DirtyMark("a/b", Dirt.SINGLE | Dirt.LISTED),
                        new DirtyMark("a/b/file", Dirt.SINGLE | Dirt.CONTENT),
                        new DirtyMark("a/tree", Dirt.SINGLE | Dirt.SUBTREE));
        assertThat(suspects.since()).isEqualTo(50);
        assertThat(marks(set)).hasSize(3);
    }

    @Test
    void knowsWhenTheOldestMarkWasMade() {
        DirtySet set = new DirtySet(ROOMY);
        mark(set, "a", Dirt.SINGLE, 100);
        mark(set, "b", Dirt.SINGLE, 200);
        DirtySet taken = set.take();
        assertThat(taken.since()).isEqualTo(100);
        mark(set, "c", Dirt.SINGLE, 300);
        assertThat(set.since()).isEqualTo(300);
        set.putBack(taken);
        assertThat(set.since()).isEqualTo(100);
        set.putBack(new DirtySet(ROOMY));
        assertThat(set.since()).isEqualTo(100);
    }

    /** A name is bytes: two that differ in a byte that is no text are two. */
    @Test
    void keepsNamesThatAreNoTextApart() {
        DirtySet set = new DirtySet(ROOMY);
        set.mark(DirtyPath.of(new byte[] {(byte) 0xFF}), Dirt.SINGLE, 0);
        set.mark(DirtyPath.of(new byte[] {(byte) 0xFE}), Dirt.SINGLE, 0);
        assertThat(set.root().entries())
                .extracting(DirtyNode.Entry::name)
                .containsExactlyInAnyOrder(new byte[] {(byte) 0xFF}, new byte[] {(byte) 0xFE});
    }

    /** Moved one by one, in an order of chance: what is left and what was moved make up what was there, in paths and in bytes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void movesSingleMarks(int seed) {
        Random random = new Random(seed);
        DirtySet set = new DirtySet(ROOMY);
        DirtySet moved = new DirtySet(ROOMY);
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String path = "d" + random.nextInt(4) + "/e" + random.nextInt(4) + (random.nextInt(3) == 0 ? "" : "/f" + i);
            paths.add(path);
            mark(set, path, random.nextInt(40) == 0 ? Dirt.SUBTREE : Dirt.SINGLE, i);
        }
        Set<DirtyMark> all = new TreeSet<>(Comparator.comparing(DirtyMark::toString));
        all.addAll(marks(set));
        int size = set.size();
        while (!paths.isEmpty()) {
            DirtyPath path = DirtyMark.path(paths.remove(random.nextInt(paths.size())));
            boolean had = set.has(path);
            assertThat(set.move(path, moved)).isEqualTo(had);
            assertThat(set.has(path)).isFalse();
            assertThat(moved.has(path)).isTrue();
            assertThat(set.size()).isEqualTo(marks(set).size());
            assertThat(set.size() + moved.size()).isEqualTo(size);
        }
        assertThat(set.isEmpty()).isTrue();
        assertThat(set.bytes()).as("but for the root's table").isLessThan(100);
        Set<DirtyMark> found = new TreeSet<>(Comparator.comparing(DirtyMark::toString));
        found.addAll(marks(moved));
        assertThat(found).isEqualTo(all);
    }

    @Test
    void thatAllIsDirtyCannotBeMoved() {
        DirtySet set = new DirtySet(ROOMY);
        mark(set, "", Dirt.SUBTREE, 0);
        assertThat(set.has(DirtyMark.path("a/b"))).isTrue();
        assertThat(set.move(DirtyMark.path("a/b"), new DirtySet(ROOMY))).isFalse();
    }
}
