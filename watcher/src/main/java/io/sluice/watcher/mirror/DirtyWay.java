package io.sluice.watcher.mirror;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from the root of a set to the mark by which a path is dirty: one of its own, or that of a subtree that it is
 * in. Of no use any more when the set has changed.
 */
final class DirtyWay {
    private final DirtyPath path;
    /** From the root on, without what is marked itself, unless that is the root. */
    private final List<DirtyNode> directories;

    private final int depth;
    private final int dirt;

    private DirtyWay(DirtyPath path, List<DirtyNode> directories, int depth, int dirt) {
        this.path = path;
        this.directories = directories;
        this.depth = depth;
        this.dirt = dirt;
    }

    /** Finds it; null: the path is not dirty. */
    static @Nullable DirtyWay find(DirtyNode root, DirtyPath path) {
        List<DirtyNode> directories = new ArrayList<>();
        Object child = root;
        for (int depth = 0; child != null; depth++) {
            int dirt = DirtyNode.dirtOf(child);
            boolean own = depth == path.depth() && dirt != 0;
            if (own || (dirt & Dirt.SUBTREE) != 0) {
                return new DirtyWay(path, directories, depth, dirt);
            }
            if (depth == path.depth() || !(child instanceof DirtyNode directory)) {
                return null;
            }
            directories.add(directory);
            child = directory.find(path, depth);
        }
        return null;
    }

    /** What is marked: the path, or one that it is below. */
    DirtyPath marked() {
        return path.above(depth);
    }

    /** Bits of {@link Dirt}. */
    int dirt() {
        return dirt;
    }

    /** Whether the path itself is marked, not a directory above it. */
    boolean isOwn() {
        return depth == path.depth();
    }

    /** Whether the whole tree is marked, not a part of it. */
    boolean isWhole() {
        return directories.isEmpty();
    }

    /**
     * Takes the mark away, with directories that led to nothing else.
     *
     * @return bytes of heap that are free then
     */
    long cut() {
        int at = directories.size() - 1;
        DirtyNode parent = directories.get(at);
        Object child = parent.find(path, at);
        if (child instanceof DirtyNode node && node.hasChildren()) {
            node.setDirt(0);
            return 0;
        }
        long freed = remove(parent, at);
        while (at > 0 && !parent.hasChildren() && parent.dirt() == 0) {
            at--;
            parent = directories.get(at);
            freed += remove(parent, at);
        }
        return freed;
    }

    private long remove(DirtyNode parent, int index) {
        Object removed = parent.remove(path, index);
        return removed instanceof DirtyNode node ? node.ownBytes() : DirtyNode.labelBytes((byte[]) removed);
    }
}
