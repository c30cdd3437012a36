package io.sluice.watcher.monitor;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a watched tree as a monitor knows them, found by watch or by parent and name. Moving a directory
 * moves all below it in constant time, since a path is nowhere stored: it is put together from the names when needed.
 */
final class WatchTree {
    private static final byte[] NO_NAME = {};

    private final DirectoryTable byWatch = new DirectoryTable(node -> node.watch);
    private final DirectoryTable byName = new DirectoryTable(WatchTree::nameHash);
    private final WatchedDirectory root;
    private int lastId;

    /** The root alone, unwatched. */
    WatchTree() {
        root = new WatchedDirectory(lastId, NO_NAME);
    }

    WatchedDirectory root() {
        return root;
    }

    /** Directories in the tree, the root included; those that are detached too. */
    int size() {
        return 1 + byName.size();
    }

    /** Directories with a watch. */
    int watched() {
        return byWatch.size();
    }

    @Nullable
    WatchedDirectory withWatch(int watch) {
        int slot = byWatch.first(watch);
        for (WatchedDirectory node = byWatch.at(slot); node != null; node = byWatch.at(slot)) {
            if (node.watch == watch) {
                return node;
            }
            slot = byWatch.next(slot);
        }
        return null;
    }

    @Nullable
    WatchedDirectory child(WatchedDirectory parent, byte[] name) {
        int slot = byName.first(hash(parent, name));
        for (WatchedDirectory node = byName.at(slot); node != null; node = byName.at(slot)) {
            if (node.parent == parent && Arrays.equals(node.name, name)) {
                return node;
            }
            slot = byName.next(slot);
        }
        return null;
    }

    /** Adds a directory that is not there yet. */
    WatchedDirectory add(WatchedDirectory parent, byte[] name) {
        WatchedDirectory node = new WatchedDirectory(++lastId, name);
        attach(node, parent, name);
        return node;
    }

    /** Gives a directory a watch instead of the one it has; {@link WatchedDirectory#UNWATCHED} takes it away. */
    void setWatch(WatchedDirectory node, int watch) {
        if (node.isWatched()) {
            byWatch.remove(node);
        }
        node.watch = watch;
        if (node.isWatched()) {
            byWatch.add(node);
        }
    }

    /** Takes a directory out of its place with all below it; their watches stay theirs. */
    void detach(WatchedDirectory node) {
        if (node.parent != null) {
            byName.remove(node);
            node.unlink();
        }
    }

    /** Puts what is new or detached in a place that is free. */
    void attach(WatchedDirectory node, WatchedDirectory parent, byte[] name) {
        node.name = name;
        node.link(parent);
        byName.add(node);
    }

    /**
     * Takes a directory and all below it out for good. The root stays, without watch and children.
     *
     * @param watches is told each watch that they had
     */
    void forget(WatchedDirectory top, IntConsumer watches) {
        detach(top);
        WatchedDirectory node = top;
        while (true) {
            WatchedDirectory child = node.firstChild;
            if (child != null) {
                node = child;
                continue;
            }
            if (node.isWatched()) {
                int watch = node.watch;
                setWatch(node, WatchedDirectory.UNWATCHED);
                watches.accept(watch);
            }
            WatchedDirectory parent = node.parent;
            if (node == top || parent == null) {
                return;
            }
            detach(node);
            node = parent;
        }
    }

    /** Whether {@code node} is {@code top} or below it. */
    static boolean isWithin(WatchedDirectory node, WatchedDirectory top) {
        WatchedDirectory step = node;
        while (step != null && step != top) {
            step = step.parent;
        }
        return step == top;
    }

    /** Whether there is a way from the root to this directory: it has a path. */
    boolean isAttached(WatchedDirectory node) {
        return isWithin(node, root);
    }

    /** The path of an attached directory as in {@link Change}. */
    byte[] path(WatchedDirectory node) {
        return path(node, NO_NAME);
    }

    /** The path of a name in an attached directory; an empty name is the directory itself. */
    byte[] path(WatchedDirectory node, byte[] name) {
        int length = name.length == 0 ? -1 : name.length;
        for (WatchedDirectory step = node; step.parent != null; step = step.parent) {
            length += step.name.length + 1;
        }
        byte[] path = new byte[Math.max(0, length)];
        int end = path.length - name.length;
        System.arraycopy(name, 0, path, end, name.length);
        boolean last = name.length == 0;
        for (WatchedDirectory step = node; step.parent != null; step = step.parent) {
            if (!last) {
                path[--end] = '/';
            }
            last = false;
            end -= step.name.length;
            System.arraycopy(step.name, 0, path, end, step.name.length);
        }
        return path;
    }

    private static int nameHash(WatchedDirectory node) {
        WatchedDirectory parent = node.parent;
        return parent == null ? 0 : hash(parent, node.name);
    }

    private static int hash(WatchedDirectory parent, byte[] name) {
        return 31 * parent.id + Arrays.hashCode(name);
    }
}
