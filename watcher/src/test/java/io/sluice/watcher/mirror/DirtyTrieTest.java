package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trie counts is what is in it, and what the heap holds. */
class DirtyTrieTest {
    private static final long EMPTY = new DirtyTrie().root().ownBytes();

    /** Counted as things come and go, against what is found by going through all of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsWhatIsThereAfterWhateverWasDone(int seed) {
        Random random = new Random(seed);
        DirtyTrie trie = new DirtyTrie();
        for (int i = 0; i < 400; i++) {
            change(trie, random);
            assertCounted(trie);
        }
    }

    private static void change(DirtyTrie trie, Random random) {
        DirtyMark mark = DirtyMark.random(random);
        switch (random.nextInt(8)) {
            case 0 -> cut(trie, mark.path());
            case 1 -> {
                DirtyTrie taken = trie.take(random.nextInt(30), random);
                assertCounted(taken);
                trie.mark(DirtyMark.path(mark.path()), mark.dirt());
                trie.merge(taken);
            }
            case 2 -> list(trie, mark.path());
            default -> {
                trie.mark(DirtyMark.path(mark.path()), mark.dirt());
                trie.mark(DirtyMark.path(mark.path() + "/n" + random.nextInt(100)), Dirt.SINGLE);
            }
        }
    }

    private static void cut(DirtyTrie trie, String path) {
        DirtyWay way = DirtyWay.find(trie.root(), DirtyMark.path(path));
        if (way != null && way.isWhole()) {
            trie.clear();
        } else if (way != null) {
            trie.cut(way);
        }
    }

    private static void list(DirtyTrie trie, String path) {
        Object child = trie.root().find(DirtyMark.path(path + "/name"), 0);
        if (child instanceof DirtyNode directory) {
            trie.list(directory);
        }
    }

    private static void assertCounted(DirtyTrie trie) {
        assertThat(trie.size()).isEqualTo(DirtyMark.below(trie.root()).size());
        assertThat(trie.bytes()).isEqualTo(DirtyNode.weight(trie.root()) - EMPTY);
    }

    /** The figure is what the heap really holds: as much comes free when the paths are gone. */
    @Test
    void countsTheHeapThatItTakes() {
        DirtyTrie trie = new DirtyTrie();
        int paths = 200_000;
        for (int i = 0; i < paths; i++) {
            trie.mark(DirtyMark.path("news/%d/file%08d".formatted(i % 100, i)), Dirt.SINGLE);
        }
        assertThat(trie.size()).isEqualTo(paths);
        assertThat(trie.bytes() / paths).isLessThan(48);
        long counted = trie.bytes();
        long full = heap();
        trie.mark(DirtyMark.path(""), Dirt.SUBTREE);
        assertThat(counted).isCloseTo(full - heap(), withinPercentage(20));
        assertThat(trie.bytes()).isZero();
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

    /** Another trie with the same marks costs its tables alone. */
    @Test
    void sharesNamesWithOtherTries() {
        List<DirtyTrie> tries = Stream.generate(DirtyTrie::new).limit(20).toList();
        int paths = 20_000;
        for (int i = 0; i < paths; i++) {
            DirtyPath path = DirtyMark.path("news/%d/file%08d".formatted(i % 100, i));
            tries.forEach(trie -> trie.mark(path, Dirt.SINGLE));
        }
        assertThat(tries).allMatch(trie -> trie.size() == paths);
        long full = heap();
        tries.forEach(trie -> trie.mark(DirtyMark.path(""), Dirt.SUBTREE));
        assertThat((full - heap()) / paths / tries.size()).isLessThan(16);
    }
}
