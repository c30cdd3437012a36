package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a naive model: a list of marks, of which a path is covered by its own and by a subtree's above it. */
class DirtySetTest {
    private static final int ROOMY = 1_000_000;

    private record Mark(String path, boolean subtree) {
        boolean covers(String other) {
            return path.equals(other) || (subtree && (path.isEmpty() || other.startsWith(path + "/")));
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Mark> marks(DirtySet set) {
        List<Mark> marks = new ArrayList<>();
        collect(set.root(), "", marks);
        return marks;
    }

    private static void collect(DirtySet.Node node, String path, List<Mark> into) {
        if (node.isSingle()) {
            into.add(new Mark(path, node.isSubtree()));
        }
        assertThat(node.isSubtree() && !node.children().isEmpty())
                .as("children of a subtree")
                .isFalse();
        node.children().forEach((name, child) -> collect(child, path.isEmpty() ? name : path + "/" + name, into));
    }

    private static Mark random(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : "/").append((char) ('a' + random.nextInt(3)));
        }
        return new Mark(path.toString(), random.nextInt(6) == 0 && depth > 1);
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
                DirtySet taken = set.take();
                assertThat(set.isEmpty()).isTrue();
                Mark meanwhile = random(random);
                set.mark(bytes(meanwhile.path()), meanwhile.subtree(), i);
                model.add(meanwhile);
                set.putBack(taken);
            } else {
                Mark mark = random(random);
                set.mark(bytes(mark.path()), mark.subtree(), i);
                model.add(mark);
            }
            DirtySet copy = set.take();
            assertThat(covered(marks(copy))).isEqualTo(covered(model));
            set.putBack(copy);
            assertThat(set.size()).isEqualTo(copy.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 50})
    void staysWithinItsBoundAndSaysTooMuchRatherThanTooLittle(int max) {
        Random random = new Random(max);
        DirtySet set = new DirtySet(max);
        List<Mark> model = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Mark mark = random(random);
            set.mark(bytes(mark.path()), mark.subtree(), i);
            model.add(mark);
            assertThat(set.size()).isLessThanOrEqualTo(max);
        }
        assertThat(covered(marks(set))).containsAll(covered(model));
    }

    /** What is deep goes first: the flat part of the set stays exact. */
    @Test
    void mergesTheDeepestFirst() {
        DirtySet set = new DirtySet(40);
        set.mark(bytes("top"), false, 0);
        for (int i = 0; i < 60; i++) {
            set.mark(bytes("dir/deep/f" + i), false, 0);
        }
        assertThat(marks(set)).contains(new Mark("top", false)).doesNotContain(new Mark("", true));
        assertThat(set.size()).isLessThanOrEqualTo(40);
    }

    @Test
    void knowsWhenTheOldestMarkWasMade() {
        DirtySet set = new DirtySet(ROOMY);
        set.mark(bytes("a"), false, 100);
        set.mark(bytes("b"), false, 200);
        DirtySet taken = set.take();
        assertThat(taken.since()).isEqualTo(100);
        set.mark(bytes("c"), false, 300);
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
        set.mark(new byte[] {(byte) 0xFF}, false, 0);
        set.mark(new byte[] {(byte) 0xFE}, false, 0);
        assertThat(set.root().children().keySet()).containsExactlyInAnyOrder("\u00FF", "\u00FE");
    }
}
