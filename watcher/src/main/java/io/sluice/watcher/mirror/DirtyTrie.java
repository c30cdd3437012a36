package io.sluice.watcher.mirror;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Dirty paths in a trie, counted as they come and go: how many, and the heap that they take. Below a subtree it keeps only
 * what that does not say.
 */
final class DirtyTrie {
    /** What a directory's listing does not stand for. */
    private static final int UNLISTED = Dirt.SUBTREE | Dirt.LISTED | Dirt.LINKED;

    private final DirtyNode root = new DirtyNode(DirtyPath.rootLabel());
    /** Of all but the root's own node. */
    private long bytes;
    /** Entries with dirt of their own. */
    private int size;

    /** Its name is empty. */
    DirtyNode root() {
        return root;
    }

    boolean isEmpty() {
        return root.dirt() == 0 && !root.hasChildren();
    }

    /** Paths in it. */
    int size() {
        return size;
    }

    /** Heap that it takes. */
    long bytes() {
        return bytes;
    }

    /** Marks a path with bits of {@link Dirt}. */
    void mark(DirtyPath path, int dirt) {
        DirtyNode node = root;
        int last = path.depth() - 1;
        if (last < 0) {
            add(root, dirt);
        }
        for (int i = 0; i <= last && !Dirt.covers(node.dirt(), dirt); i++) {
            long table = node.tableBytes();
            int slot = node.slot(path, i);
            bytes += node.tableBytes() - table;
            Object child = node.at(slot);
            if (i == last) {
                mark(node, slot, path.label(i, dirt), child);
            } else if (child instanceof byte[] leaf && Dirt.covers(leaf[0], dirt)) {
                break;
            } else {
                node = child == null ? make(node, slot, path.label(i, 0)) : directory(node, slot, child);
            }
        }
    }

    /** Marks a child with the dirt that its label says. */
    void mark(DirtyNode parent, byte[] label) {
        int slot = slot(parent, label);
        mark(parent, slot, label, parent.at(slot));
    }

    /** The node of a child that may get children, which is made if there is none. */
    DirtyNode directory(DirtyNode parent, byte[] label) {
        int slot = slot(parent, label);
        Object child = parent.at(slot);
        return child == null ? make(parent, slot, DirtyPath.relabel(label, 0)) : directory(parent, slot, child);
    }

    /** The slot of a child, if it is there or not. */
    private int slot(DirtyNode parent, byte[] label) {
        long table = parent.tableBytes();
        int slot = parent.slot(label);
        bytes += parent.tableBytes() - table;
        return slot;
    }

    private DirtyNode make(DirtyNode parent, int slot, byte[] label) {
        DirtyNode made = new DirtyNode(label);
        parent.put(slot, made);
        bytes += made.ownBytes();
        return made;
    }

    private DirtyNode directory(DirtyNode parent, int slot, Object child) {
        if (child instanceof DirtyNode directory) {
            return directory;
        }
        byte[] leaf = (byte[]) child;
        bytes -= DirtyNode.labelBytes(leaf);
        return make(parent, slot, leaf);
    }

    private void mark(DirtyNode parent, int slot, byte[] label, @Nullable Object child) {
        int dirt = label[0];
        if (child == null) {
            parent.put(slot, label);
            bytes += DirtyNode.labelBytes(label);
            size++;
        } else if (child instanceof DirtyNode node) {
            add(node, dirt);
            if (!node.hasChildren()) {
                bytes -= node.ownBytes() - DirtyNode.labelBytes(node.label());
                parent.put(slot, node.label());
            }
        } else {
            byte[] old = (byte[]) child;
            int both = Dirt.normal(old[0] | dirt);
            parent.put(slot, both == dirt ? label : DirtyPath.relabel(old, both));
        }
    }

    /** Adds to what a directory's own mark says. */
    void add(DirtyNode node, int dirt) {
        size += node.dirt() == 0 ? 1 : 0;
        node.setDirt(Dirt.normal(node.dirt() | dirt));
        if ((node.dirt() & Dirt.SUBTREE) != 0) {
            prune(node, node.dirt());
        }
    }

    /** Of what is below a subtree, only what says more than that stays. */
    private void prune(DirtyNode node, int above) {
        bytes -= node.tableBytes();
        @Nullable Object[] children = node.takeChildren();
        int kept = 0;
        for (int i = 0; i < children.length; i++) {
            Object child = children[i];
            if (child != null) {
                children[i] = pruned(child, above);
                kept += children[i] == null ? 0 : 1;
            }
        }
        node.replaceChildren(children, kept);
        bytes += node.tableBytes();
    }

    private @Nullable Object pruned(Object child, int above) {
        boolean covered = Dirt.covers(above, DirtyNode.dirtOf(child));
        if (child instanceof byte[] leaf) {
            if (covered) {
                size--;
                bytes -= DirtyNode.labelBytes(leaf);
            }
            return covered ? null : leaf;
        }
        DirtyNode node = (DirtyNode) child;
        prune(node, above);
        if (covered && node.dirt() != 0) {
            size--;
            node.setDirt(0);
        }
        if (node.hasChildren()) {
            return node;
        }
        bytes -= node.ownBytes();
        if (covered) {
            return null;
        }
        bytes += DirtyNode.labelBytes(node.label());
        return node.label();
    }

    /** Has a directory's listing stand for those of its entries that are no more than entries. */
    void list(DirtyNode node) {
        int number = node.childCount();
        int content = 0;
        bytes -= node.tableBytes();
        @Nullable Object[] children = node.takeChildren();
        for (int i = 0; i < children.length; i++) {
            if (children[i] instanceof byte[] leaf && (leaf[0] & UNLISTED) == 0) {
                content |= leaf[0] & Dirt.UNSEEN;
                children[i] = null;
                number--;
                size--;
                bytes -= DirtyNode.labelBytes(leaf);
            }
        }
        node.replaceChildren(children, number);
        bytes += node.tableBytes();
        add(node, Dirt.SINGLE | Dirt.LISTED | content);
    }

    /** Takes a mark away, by the way that led to it. */
    void cut(DirtyWay way) {
        bytes -= way.cut();
        size--;
    }

    /** Takes all away. */
    void clear() {
        root.takeChildren();
        root.setDirt(0);
        bytes = 0;
        size = 0;
    }

    /** Moves a number of paths to a trie of their own, as {@link DirtyPortion} chooses them. */
    DirtyTrie take(int paths, RandomGenerator random) {
        DirtyTrie taken = new DirtyTrie();
        new DirtyPortion(paths, random).move(root, taken.root);
        measure();
        taken.measure();
        return taken;
    }

    private void measure() {
        size = root.dirt() == 0 ? 0 : 1;
        bytes = root.tableBytes();
        root.forEach(this::measure);
    }

    private void measure(Object child) {
        size += DirtyNode.dirtOf(child) == 0 ? 0 : 1;
        if (child instanceof DirtyNode node) {
            bytes += node.ownBytes();
            node.forEach(this::measure);
        } else {
            bytes += DirtyNode.labelBytes((byte[]) child);
        }
    }

    /** Marks all that is marked in another trie, which stays what it is. */
    void merge(DirtyTrie other) {
        merge(root, other.root, 0);
    }

    /** @param above what is said of all this by a subtree that it is in; 0: nothing */
    private void merge(DirtyNode into, DirtyNode from, int above) {
        if (from.dirt() != 0 && !Dirt.covers(above, from.dirt())) {
            add(into, from.dirt());
        }
        int cover = (into.dirt() & Dirt.SUBTREE) == 0 ? above : into.dirt();
        from.forEach(child -> {
            if (saysMore(child, cover)) {
                mergeChild(into, child, cover);
            }
        });
    }

    private void mergeChild(DirtyNode into, Object child, int above) {
        if (child instanceof byte[] leaf) {
            mark(into, leaf);
            return;
        }
        DirtyNode node = (DirtyNode) child;
        boolean said = into.at(slot(into, node.label())) instanceof byte[] leaf && !saysMore(node, leaf[0]);
        if (!said) {
            merge(directory(into, node.label()), node, above);
        }
    }

    private static boolean saysMore(Object child, int above) {
        boolean more = DirtyNode.dirtOf(child) != 0 && !Dirt.covers(above, DirtyNode.dirtOf(child));
        return more || (child instanceof DirtyNode node && node.hasAny(below -> saysMore(below, above)));
    }
}
