package io.sluice.watcher.mirror;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a tree that one replica may differ in: single entries and whole subtrees, in a trie. It knows that they
 * are dirty, not why; marking twice is marking once. Its size is bounded: with too many paths the deepest become
 * subtrees of the directories above them, so that it says too much but never too little. Thread-safe.
 */
final class DirtySet {
    private final int maxNodes;
    private Node root = new Node();
    private int nodes;
    private long since;

    /** @param maxNodes paths and directories on the way to them, at most; beyond, they are merged */
    DirtySet(int maxNodes) {
        this.maxNodes = maxNodes;
    }

    /** A name in the trie. Names are strings of one character per byte, as compact and quick to hash as can be. */
    static final class Node {
        private boolean single;
        private boolean subtree;
        private @Nullable Map<String, Node> children;

        /** The entry itself is dirty. */
        boolean isSingle() {
            return single;
        }

        /** The entry and all below it are dirty; it has no children then. */
        boolean isSubtree() {
            return subtree;
        }

        /** By name in ISO 8859-1. */
        Map<String, Node> children() {
            return children == null ? Map.of() : children;
        }

        private boolean isClean() {
            return !single && !subtree && children().isEmpty();
        }

        private int countBelow() {
            int count = 0;
            for (Node child : children().values()) {
                count += 1 + child.countBelow();
            }
            return count;
        }
    }

    /**
     * Marks a path.
     *
     * @param path relative, without leading or trailing slash; empty: the root
     * @param subtree whether all below it is dirty too
     * @param nanos the time of {@link System#nanoTime}
     */
    synchronized void mark(byte[] path, boolean subtree, long nanos) {
        note(nanos);
        Node node = root;
        int from = 0;
        while (from < path.length && !node.subtree) {
            int to = from;
            while (to < path.length && path[to] != '/') {
                to++;
            }
            node = childOf(node, new String(path, from, to - from, StandardCharsets.ISO_8859_1));
            from = to + 1;
        }
        if (!node.subtree) {
            markNode(node, subtree);
            bound();
        }
    }

    private void note(long nanos) {
        if (root.isClean() || nanos - since < 0) {
            since = nanos;
        }
    }

    private Node childOf(Node node, String name) {
        Map<String, Node> children = node.children;
        if (children == null) {
            children = new HashMap<>(4);
            node.children = children;
        }
        Node child = children.get(name);
        if (child == null) {
            child = new Node();
            children.put(name, child);
            nodes++;
        }
        return child;
    }

    private void markNode(Node node, boolean subtree) {
        node.single = true;
        if (subtree) {
            nodes -= node.countBelow();
            node.subtree = true;
            node.children = null;
        }
    }

    /** Makes subtrees of the directories at the greatest depth that leaves half of the room free. */
    private void bound() {
        if (nodes <= maxNodes) {
            return;
        }
        int depth = 0;
        int kept = 0;
        for (int level = countAt(root, 1);
                level > 0 && kept + level <= maxNodes / 2;
                level = countAt(root, depth + 1)) {
            kept += level;
            depth++;
        }
        cut(root, depth);
        nodes = root.countBelow();
    }

    private static int countAt(Node node, int depth) {
        if (depth == 0) {
            return 1;
        }
        int count = 0;
        for (Node child : node.children().values()) {
            count += countAt(child, depth - 1);
        }
        return count;
    }

    private void cut(Node node, int depth) {
        if (depth > 0) {
            node.children().values().forEach(child -> cut(child, depth - 1));
        } else if (!node.children().isEmpty()) {
            markNode(node, true);
        }
    }

    synchronized boolean isEmpty() {
        return root.isClean();
    }

    /** Paths and directories on the way to them; the root does not count. */
    synchronized int size() {
        return nodes;
    }

    /** When the path that is dirty longest was marked; of no meaning if there is none. */
    synchronized long since() {
        return since;
    }

    /** The trie; only for a set that no other thread uses. */
    Node root() {
        return root;
    }

    /** Moves all to a set of its own, leaving this one empty. */
    synchronized DirtySet take() {
        DirtySet taken = new DirtySet(maxNodes);
        taken.root = root;
        taken.nodes = nodes;
        taken.since = since;
        root = new Node();
        nodes = 0;
        return taken;
    }

    /** Adds what another set holds, which no other thread may be using; its times stay true. */
    synchronized void putBack(DirtySet other) {
        if (other.root.isClean()) {
            return;
        }
        note(other.since);
        merge(root, other.root);
        bound();
    }

    private void merge(Node into, Node from) {
        if (into.subtree) {
            return;
        }
        if (from.single) {
            markNode(into, from.subtree);
        }
        from.children().forEach((name, child) -> merge(childOf(into, name), child));
    }
}
