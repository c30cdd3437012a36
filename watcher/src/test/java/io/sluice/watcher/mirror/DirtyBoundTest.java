package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is merged, and into what, when a trie of dirty paths takes more heap than it may. */
class DirtyBoundTest {
    private final DirtyTrie trie = new DirtyTrie();

    private void mark(String path, int dirt) {
        trie.mark(DirtyMark.path(path), dirt);
    }

    private List<DirtyMark> marks() {
        return DirtyMark.below(trie.root());
    }

    /** To the byte: merging begins beyond the bound, and ends at half of it, so that it is not done for each new path. */
    @Test
    void mergesNothingUpToTheBoundAndToHalfOfItBeyond() {
        for (int i = 0; i < 100; i++) {
            mark("dir" + i % 10 + "/file" + i, Dirt.SINGLE);
        }
        long bytes = trie.bytes();
        new DirtyBound(bytes).keep(trie);
        assertThat(trie.bytes()).isEqualTo(bytes);
        assertThat(trie.size()).isEqualTo(100);
        new DirtyBound(bytes - 1).keep(trie);
        assertThat(trie.bytes()).isLessThanOrEqualTo((bytes - 1) / 2).isPositive();
    }

    /** What is heavy goes first, and no further than to its listing: the rest stays exact. */
    @Test
    void mergesTheHeaviestDirectoryIntoItsListing() {
        mark("top", Dirt.SINGLE);
        mark("dir/file", Dirt.SINGLE);
        mark("dir/deep/moved", Dirt.SINGLE | Dirt.SUBTREE);
        mark("dir/deep/name", Dirt.SINGLE | Dirt.LINKED);
        for (int i = 0; i < 200; i++) {
            mark("dir/deep/f" + i, Dirt.SINGLE);
        }
        new DirtyBound(4000).keep(trie);
        assertThat(marks())
                .containsExactlyInAnyOrder(
                        new DirtyMark("top", Dirt.SINGLE),
                        new DirtyMark("dir/file", Dirt.SINGLE),
                        new DirtyMark("dir/deep", Dirt.SINGLE | Dirt.LISTED),
                        new DirtyMark("dir/deep/moved", Dirt.SINGLE | Dirt.SUBTREE),
                        new DirtyMark("dir/deep/name", Dirt.SINGLE | Dirt.LINKED));
    }

    /** Going through all of them anew for each one that is merged would take hours, in which nothing can be marked. */
    @Test
    @Timeout(60)
    void mergesManyDirectoriesOfTheRootWithoutCountingAllForEach() {
        for (int i = 0; i < 200_000; i++) {
            mark("d" + i + "/index.html", Dirt.SINGLE);
        }
        long goal = trie.bytes() / 2;
        new DirtyBound(trie.bytes() - 1).keep(trie);
        assertThat(trie.bytes()).isLessThanOrEqualTo(goal).isGreaterThan(goal / 2);
        assertThat(trie.size()).isGreaterThanOrEqualTo(200_000);
    }

    /** A listing is of entries: what is in directories below needs the subtree. */
    @Test
    void mergesManyDirectoriesThatAreAllLightIntoTheSubtreeThatTheyAreIn() {
        mark("top", Dirt.SINGLE);
        for (int i = 0; i < 200; i++) {
            mark("wide/d" + i + "/f", Dirt.SINGLE);
        }
        new DirtyBound(10_000).keep(trie);
        assertThat(marks())
                .containsExactlyInAnyOrder(
                        new DirtyMark("top", Dirt.SINGLE), new DirtyMark("wide", Dirt.SINGLE | Dirt.SUBTREE));
    }

    /** Else a file that was written to without another size and time would never be compared. */
    @Test
    void saysOfTheWholeThatContentWasWrittenIfThatOfOneFileWas() {
        for (int i = 0; i < 100; i++) {
            mark("listed/f" + i, i == 50 ? Dirt.SINGLE | Dirt.CONTENT : Dirt.SINGLE);
            mark("subtree/d" + i + "/f", i == 50 ? Dirt.SINGLE | Dirt.REPLACED : Dirt.SINGLE);
        }
        new DirtyBound(2000).keep(trie);
        assertThat(marks())
                .containsExactlyInAnyOrder(
                        new DirtyMark("listed", Dirt.SINGLE | Dirt.LISTED | Dirt.CONTENT),
                        new DirtyMark("subtree", Dirt.SINGLE | Dirt.SUBTREE | Dirt.CONTENT));
    }

    /** The names are not in what is compared as a subtree, so they stay as long as there is room, and then all is compared. */
    @Test
    void keepsNamesOfFilesWithOthersUntilTheyAloneAreTooMuch() {
        for (int i = 0; i < 100; i++) {
            mark("dir" + i + "/file", Dirt.SINGLE);
            mark("dir" + i + "/name", Dirt.SINGLE | Dirt.LINKED);
        }
        new DirtyBound(trie.bytes() - 1).keep(trie);
        assertThat(marks()).filteredOn(mark -> (mark.dirt() & Dirt.LINKED) != 0).hasSize(100);
        new DirtyBound(trie.bytes() - 1).keep(trie);
        assertThat(marks()).containsExactly(new DirtyMark("", Dirt.SINGLE | Dirt.SUBTREE | Dirt.CONTENT));
        assertThat(trie.bytes()).isZero();
    }
}
