package io.sluice.watcher.mirror;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to push, from what is dirty and what is there now. Paths are relative to the source; none is below another of
 * the subtrees, and all that lead to one are directories.
 *
 * @param leaves entries that are no directories, to push as they are
 * @param missing names that are not there, to delete with all that is below them; the directory of each is there
 * @param directories to push without what is in them; one that ends in a slash with its entries, but not what is below
 *     those, and without the entries that it does not have
 * @param subtrees directories to make equal with all that is below them
 * @param written those of the leaves, listings and subtrees, the same arrays, whose content is to be compared, whatever
 *     sizes and times say
 * @param cheap whether nothing is lost if that is done with all of the leaves
 */
record PushPlan(
        List<byte[]> leaves,
        List<byte[]> missing,
        List<byte[]> directories,
        List<byte[]> subtrees,
        List<byte[]> written,
        boolean cheap) {
    private static final byte[] ROOT = {};

    PushPlan {
        leaves = List.copyOf(leaves);
        missing = List.copyOf(missing);
        directories = List.copyOf(directories);
        subtrees = List.copyOf(subtrees);
        written = List.copyOf(written);
    }

    boolean isEmpty() {
        return leaves.isEmpty() && missing.isEmpty() && directories.isEmpty() && subtrees.isEmpty();
    }

    /** Leaves and what is missing: no directory, when it was planned. */
    List<byte[]> names() {
        return Stream.concat(leaves.stream(), missing.stream()).toList();
    }

    /** What is pushed without anything below it. */
    List<byte[]> singles() {
        return Stream.concat(names().stream(), directories.stream()).toList();
    }

    /** Those of some paths, the same arrays, that are {@link #written} or are not. */
    private List<byte[]> split(List<byte[]> paths, boolean areWritten) {
        if (written.isEmpty()) {
            return areWritten ? List.of() : paths;
        }
        Set<byte[]> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(written);
        return paths.stream().filter(path -> all.contains(path) == areWritten).toList();
    }

    /** Leaves that were written to. */
    List<byte[]> writtenLeaves() {
        return split(leaves, true);
    }

    /** Directories without what is in them, and listings in which nothing was written to. */
    List<byte[]> plainDirectories() {
        return split(directories, false);
    }

    /** Listings in which something was written to. */
    List<byte[]> comparedListings() {
        return split(directories, true);
    }

    /** Subtrees of which sizes and times tell what differs. */
    List<byte[]> plainSubtrees() {
        return split(subtrees, false);
    }

    /** Subtrees in which something was written to. */
    List<byte[]> comparedSubtrees() {
        return split(subtrees, true);
    }

    /** The same without some of the leaves, which have one character for each byte. */
    PushPlan without(Set<String> paths) {
        List<byte[]> rest = leaves.stream()
                .filter(path -> !paths.contains(PathText.of(path)))
                .toList();
        List<byte[]> restWritten = written.stream()
                .filter(path -> !paths.contains(PathText.of(path)))
                .toList();
        return new PushPlan(rest, missing, directories, subtrees, restWritten, cheap);
    }

    /** Of what is there and no subtree, that whose size and time tell whether it is to be transferred. */
    List<byte[]> byTime() {
        return cheap && !writtenLeaves().isEmpty() ? List.of() : split(present(), false);
    }

    /** Leaves, and what else is cheap, to be transferred whatever size and time say. */
    List<byte[]> byContent() {
        List<byte[]> found = writtenLeaves();
        return cheap && !found.isEmpty() ? present() : found;
    }

    private List<byte[]> present() {
        return Stream.concat(leaves.stream(), directories.stream()).toList();
    }

    /** Marks all that it is about. */
    void markIn(DirtySet set) {
        names().forEach(path -> set.mark(DirtyPath.of(path), Dirt.SINGLE, 0));
        writtenLeaves().forEach(path -> set.mark(DirtyPath.of(path), Dirt.SINGLE | Dirt.CONTENT, 0));
        plainSubtrees().forEach(path -> set.mark(DirtyPath.of(path), Dirt.SUBTREE, 0));
        comparedSubtrees().forEach(path -> set.mark(DirtyPath.of(path), Dirt.SUBTREE | Dirt.CONTENT, 0));
        plainDirectories().forEach(path -> markDirectory(set, path, Dirt.SINGLE));
        comparedListings().forEach(path -> markDirectory(set, path, Dirt.SINGLE | Dirt.CONTENT));
    }

    private static void markDirectory(DirtySet set, byte[] path, int dirt) {
        boolean listed = path.length > 0 && path[path.length - 1] == '/';
        byte[] directory = listed ? PathText.directory(path) : path;
        boolean root = directory.length == 1 && directory[0] == '.';
        set.mark(DirtyPath.of(root ? ROOT : directory), listed ? dirt | Dirt.LISTED : dirt, 0);
    }

    /** Whether the whole source is to be pushed. */
    boolean isWhole() {
        return subtrees.size() == 1 && subtrees.getFirst().length == 0;
    }

    /** All paths. */
    List<byte[]> paths() {
        return Stream.concat(singles().stream(), subtrees.stream()).toList();
    }

    /** The whole source. */
    static PushPlan whole(boolean compared) {
        List<byte[]> root = List.of(ROOT);
        return new PushPlan(List.of(), List.of(), List.of(), root, compared ? root : List.of(), false);
    }
}
