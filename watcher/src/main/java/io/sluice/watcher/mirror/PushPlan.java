package io.sluice.watcher.mirror;

import java.util.List;
import java.util.stream.Stream;

/**
 * What to push, from what is dirty and what is there now. Paths are relative to the source; none is below another of
 * the subtrees, and all that lead to one are directories.
 *
 * @param leaves entries that are no directories, to push as they are, or to delete if they are missing
 * @param directories to push without what is in them
 * @param subtrees directories to make equal with all that is below them
 */
record PushPlan(List<byte[]> leaves, List<byte[]> directories, List<byte[]> subtrees) {
    private static final byte[] ROOT = {};

    PushPlan {
        leaves = List.copyOf(leaves);
        directories = List.copyOf(directories);
        subtrees = List.copyOf(subtrees);
    }

    boolean isEmpty() {
        return leaves.isEmpty() && directories.isEmpty() && subtrees.isEmpty();
    }

    /** Leaves and directories: what is pushed without anything below it. */
    List<byte[]> singles() {
        return Stream.concat(leaves.stream(), directories.stream()).toList();
    }

    /** Whether the whole source is to be pushed. */
    boolean isWhole() {
        return subtrees.size() == 1 && subtrees.getFirst().length == 0;
    }

    /** All paths. */
    List<byte[]> paths() {
        return Stream.concat(singles().stream(), subtrees.stream()).toList();
    }

    static PushPlan whole() {
        return new PushPlan(List.of(), List.of(), List.of(ROOT));
    }
}
