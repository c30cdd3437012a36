package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a naive model: a list of marks, of which a path is covered by its own, by a listing right above it, and by a subtree's above it. */
class DirtySetTest {
    private static final long ROOMY = 1 << 30;
    private static final RandomGenerator CHANCE = new Random(7);
    private static final int[] UNSEEN = {
        Dirt.CONTENT, Dirt.REPLACED, Dirt.CONTENT | Dirt.REPLACED, Dirt.CONTENT | Dirt.LINKED
    };

    private record Mark(String path, int dirt) {
        boolean covers(String other) {
            boolean below = path.isEmpty() || other.startsWith(path + "/");
            boolean rightBelow = below && other.lastIndexOf('/') <= path.length();
            return path.equals(other)
                    || ((dirt & Dirt.SUBTREE) != 0 && below)
                    || ((dirt & Dirt.LISTED) != 0 && rightBelow);
        }

        /** Has the other mark's path looked at as closely as that wants it. */
        boolean fulfils(Mark other) {
            boolean closely = (other.dirt & Dirt.UNSEEN) == 0 || (dirt & Dirt.UNSEEN) != 0;
            boolean named = (other.dirt & Dirt.LINKED) == 0 || (path.equals(other.path) && (dirt & Dirt.LINKED) != 0);
            boolean everything = path.isEmpty() && (dirt & Dirt.SUBTREE) != 0;
            return covers(other.path) && closely && (named || everything);
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Mark> marks(DirtySet set) {
        List<Mark> marks = new ArrayList<>();
        collect(set.root(), "", 0, marks);
        return marks;
    }

    private static void collect(DirtyNode node, String path, int above, List<Mark> into) {
        add(path, node.dirt(), into);
        int cover = (node.dirt() & Dirt.SUBTREE) == 0 ? above : node.dirt();
        for (DirtyNode.Entry child : node.entries()) {
            String name = new String(child.name(), StandardCharsets.UTF_8);
            String childPath = path.isEmpty() ? name : path + "/" + name;
            DirtyNode childNode = child.node();
            if (child.dirt() != 0) {
                assertThat(Dirt.covers(cover, child.dirt()))
                        .as("said by a subtree above")
                        .isFalse();
            }
            if (childNode == null) {
                assertThat(child.dirt()).as("dirt of a leaf").isNotZero();
                add(childPath, child.dirt(), into);
            } else {
                assertThat(childNode.hasChildren() || childNode.dirt() != 0)
                        .as("says something")
                        .isTrue();
                collect(childNode, childPath, cover, into);
            }
        }
    }

    private static void add(String path, int dirt, List<Mark> into) {
        if (dirt != 0) {
            into.add(new Mark(path, dirt));
        }
    }

    private static Mark random(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : "/").append((char) ('a' + random.nextInt(3)));
        }
        boolean subtree = random.nextInt(6) == 0 && depth > 1;
        int more = random.nextInt(3) == 0 ? UNSEEN[random.nextInt(UNSEEN.length)] : 0;
        return new Mark(path.toString(), more | (subtree ? Dirt.SUBTREE | Dirt.SINGLE : Dirt.SINGLE));
    }

    private static void mark(DirtySet set, String path, int dirt, long nanos) {
        set.mark(DirtyPath.of(bytes(path)), dirt, nanos);
    }

    private static Set<String> covered(List<Mark> marks) {
        Set<String> paths = new TreeSet<>();
        Random random = new Random(99);
        for (int i = 0; i < 500; i++) {
            String path = random(random).path();
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
        List<Mark> model = new ArrayList<>();
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
                Mark meanwhile = random(random);
                mark(set, meanwhile.path(), meanwhile.dirt(), i);
                model.add(meanwhile);
                set.putBack(taken);
            } else {
                Mark mark = random(random);
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
        List<Mark> model = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Mark mark = random(random);
            mark(set, mark.path(), mark.dirt(), i);
            model.add(mark);
            assertThat(set.bytes()).isLessThanOrEqualTo(max);
        }
        assertThat(covered(marks(set))).containsAll(covered(model));
        assertFulfilled(marks(set), model);
    }

    private static void assertFulfilled(List<Mark> marks, List<Mark> model) {
        for (Mark wanted : model) {
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
                        new Mark("", Dirt.SINGLE | Dirt.SUBTREE),
                        new Mark("a/written", Dirt.SINGLE | Dirt.CONTENT),
                        new Mark("b/c/gone", Dirt.SINGLE | Dirt.REPLACED),
                        new Mark("later", Dirt.SINGLE | Dirt.CONTENT));
        assertThat(set.size()).isEqualTo(4);
        mark(set, "a", Dirt.SUBTREE | Dirt.REPLACED, 0);
        assertThat(marks(set))
                .contains(new Mark("a", Dirt.SINGLE | Dirt.SUBTREE | Dirt.REPLACED))
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
                        new Mark("dir", Dirt.SINGLE | Dirt.SUBTREE | Dirt.REPLACED),
                        new Mark("dir/name", Dirt.SINGLE | Dirt.CONTENT | Dirt.LINKED));
    }

    /** What is heavy goes first, and no further than to its listing: the rest stays exact. */
    @Test
    void mergesTheHeaviestDirectoryIntoItsListing() {
        DirtySet set = new DirtySet(4000);
        mark(set, "top", Dirt.SINGLE, 0);
        mark(set, "dir/file", Dirt.SINGLE, 0);
        mark(set, "dir/deep/moved", Dirt.SINGLE | Dirt.SUBTREE, 0);
        for (int i = 0; i < 200; i++) {
            mark(set, "dir/deep/f" + i, Dirt.SINGLE | Dirt.CONTENT, 0);
        }
        assertThat(marks(set))
                .contains(
                        new Mark("top", Dirt.SINGLE),
                        new Mark("dir/file", Dirt.SINGLE),
                        new Mark("dir/deep", Dirt.SINGLE | Dirt.LISTED | Dirt.CONTENT),
                        new Mark("dir/deep/moved", Dirt.SINGLE | Dirt.SUBTREE));
        assertThat(set.bytes()).isLessThanOrEqualTo(4000);
    }

    /** Where many directories hold little each, those at the top of them become subtrees. */
    @Test
    void mergesManyDirectoriesThatAreAllLight() {
        DirtySet set = new DirtySet(10_000);
        mark(set, "top", Dirt.SINGLE, 0);
        for (int i = 0; i < 1000; i++) {
            mark(set, "wide/d" + i + "/f", Dirt.SINGLE, 0);
        }
        assertThat(marks(set))
                .contains(new Mark("top", Dirt.SINGLE))
                .noneMatch(mark -> mark.path().isEmpty());
        assertThat(set.bytes()).isLessThanOrEqualTo(10_000);
    }

    /** The figure is what the heap really holds: as much comes free when the paths are gone. */
    @Test
    void countsTheHeapThatItTakes() {
        DirtySet set = new DirtySet(ROOMY);
        int paths = 200_000;
        for (int i = 0; i < paths; i++) {
            mark(set, "news/%d/file%08d".formatted(i % 100, i), Dirt.SINGLE, 0);
        }
        assertThat(set.size()).isEqualTo(paths);
        assertThat(set.bytes() / paths).isLessThan(48);
        long counted = set.bytes();
        long full = heap();
        set.mark(DirtyPath.of(new byte[0]), Dirt.SUBTREE, 0);
        assertThat(counted).isCloseTo(full - heap(), withinPercentage(20));
        assertThat(set.bytes()).isZero();
    }

    /** After as many collections as find something: what others left behind may take two. */
    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        while (true) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            if (used > least - (64 << 10)) {
                return Math.min(used, least);
            }
            least = used;
        }
    }

    /** Another set with the same marks costs its tables alone. */
    @Test
    void sharesNamesWithOtherSets() {
        List<DirtySet> sets =
                Stream.generate(() -> new DirtySet(ROOMY)).limit(20).toList();
        int paths = 20_000;
        for (int i = 0; i < paths; i++) {
            DirtyPath path = DirtyPath.of(bytes("news/%d/file%08d".formatted(i % 100, i)));
            sets.forEach(set -> set.mark(path, Dirt.SINGLE, 0));
        }
        assertThat(sets).allMatch(set -> set.size() == paths);
        long full = heap();
        sets.forEach(set -> set.mark(DirtyPath.of(new byte[0]), Dirt.SUBTREE, 0));
        assertThat((full - heap()) / paths / sets.size()).isLessThan(16);
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
                        new Mark("", Dirt.SINGLE | Dirt.LISTED),
                        new Mark("a/b", Dirt.SINGLE | Dirt.LISTED),
                        new Mark("a/b/file", Dirt.SINGLE | Dirt.CONTENT),
                        new Mark("a/tree", Dirt.SINGLE | Dirt.SUBTREE));
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
        Set<Mark> all = new TreeSet<>(Comparator.comparing(Mark::toString));
        all.addAll(marks(set));
        int size = set.size();
        while (!paths.isEmpty()) {
            DirtyPath path = DirtyPath.of(bytes(paths.remove(random.nextInt(paths.size()))));
            boolean had = set.has(path);
            assertThat(set.move(path, moved)).isEqualTo(had);
            assertThat(set.has(path)).isFalse();
            assertThat(moved.has(path)).isTrue();
            assertThat(set.size()).isEqualTo(marks(set).size());
            assertThat(set.size() + moved.size()).isEqualTo(size);
        }
        assertThat(set.isEmpty()).isTrue();
        assertThat(set.bytes()).as("but for the root's table").isLessThan(100);
        Set<Mark> found = new TreeSet<>(Comparator.comparing(Mark::toString));
        found.addAll(marks(moved));
        assertThat(found).isEqualTo(all);
    }

    @Test
    void thatAllIsDirtyCannotBeMoved() {
        DirtySet set = new DirtySet(ROOMY);
        mark(set, "", Dirt.SUBTREE, 0);
        assertThat(set.has(DirtyPath.of(bytes("a/b")))).isTrue();
        assertThat(set.move(DirtyPath.of(bytes("a/b")), new DirtySet(ROOMY))).isFalse();
    }
}
