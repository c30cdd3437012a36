package io.sluice.watcher.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a tree that one replica may differ in, in a trie. It knows that they are dirty and how much of each may
 * be ({@link Dirt}), not why; marking twice is marking once. Below a subtree it keeps what that does not say: whose content
 * was written to. Its size is bounded in bytes of heap: when it is full, the directories that hold most are merged, the
 * deepest first, into their mere listing or into a subtree, until it is half empty, so that it says too much but never too
 * little.
 *
 * <p>A dirty file with a name of 12 bytes takes 40 bytes, measured on a 64-bit machine with a heap below 32 GiB; 32 of
 * them are shared by all sets that the same {@link DirtyPath} was marked in.
 */
final class DirtySet {
    /** What a directory's listing does not stand for. */
    private static final int KEPT = Dirt.SUBTREE | Dirt.LISTED | Dirt.LINKED;

    private final long maxBytes;
    private final DirtyNode root = new DirtyNode(DirtyPath.rootLabel());
    /** Of all but the root's own node. */
    private long bytes;
    /** Entries with dirt of their own. */
    private int size;

    private long since;
    private long latest;

    /** @param maxBytes heap that it may take; beyond, paths are merged */
    DirtySet(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Marks a path.
     *
     * @param dirt bits of {@link Dirt}
     * @param nanos the time of {@link System#nanoTime}
     */
    void mark(DirtyPath path, int dirt, long nanos) {
        note(nanos, nanos);
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
            } else if (child == null) {
                DirtyNode made = new DirtyNode(path.label(i, 0));
                node.put(slot, made);
                bytes += made.ownBytes();
                node = made;
            } else if (child instanceof DirtyNode directory) {
                node = directory;
            } else if (Dirt.covers(DirtyNode.dirtOf(child), dirt)) {
                break;
            } else {
                node = widen(node, slot, (byte[]) child);
            }
        }
        bound();
    }

    private void note(long first, long last) {
        if (isEmpty()) {
            since = first;
            latest = last;
            return;
        }
        since = first - since < 0 ? first : since;
        latest = last - latest > 0 ? last : latest;
    }

    /** A leaf gets children. */
    private DirtyNode widen(DirtyNode parent, int slot, byte[] leaf) {
        DirtyNode made = new DirtyNode(leaf);
        parent.put(slot, made);
        bytes += made.ownBytes() - DirtyNode.labelBytes(leaf);
        return made;
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

    private void add(DirtyNode node, int dirt) {
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

    /** When the path that is dirty longest was marked; of no meaning if there is none. */
    long since() {
        return since;
    }

    /** When a path was last marked; of no meaning if there is none. */
    long latest() {
        return latest;
    }

    /** The root of the trie, whose name is empty. */
    DirtyNode root() {
        return root;
    }

    /**
     * What has to be looked at again if a session with these paths broke off: the directories of all that is no subtree,
     * with their listings, as there may be leavings in them; and by its content what was written to, as an old version may
     * be put over it that has the same size and time.
     *
     * @param nanos as if all were marked then
     */
    DirtySet suspects(long nanos) {
        DirtySet suspects = new DirtySet(maxBytes);
        if (!isEmpty()) {
            suspects.note(nanos, nanos);
            suspects.addSuspects(suspects.root, root, 0);
            suspects.bound();
        }
        return suspects;
    }

    private void addSuspects(DirtyNode into, DirtyNode from, int above) {
        int own = from.dirt() & ~Dirt.MOVED;
        if (own != 0) {
            add(into, own);
        }
        int cover = (into.dirt() & Dirt.SUBTREE) == 0 ? above : into.dirt();
        from.forEach(child -> {
            if (child instanceof byte[] leaf && (leaf[0] & (Dirt.SUBTREE | Dirt.LISTED)) == 0) {
                if (!Dirt.covers(cover, Dirt.LISTED)) {
                    add(into, Dirt.SINGLE | Dirt.LISTED);
                }
                if ((leaf[0] & Dirt.UNSEEN) == 0) {
                    return;
                }
            }
            long table = into.tableBytes();
            int slot = into.slot(DirtyNode.labelOf(child));
            bytes += into.tableBytes() - table;
            if (child instanceof DirtyNode node) {
                DirtyNode made = new DirtyNode(DirtyPath.relabel(node.label(), 0));
                into.put(slot, made);
                bytes += made.ownBytes();
                addSuspects(made, node, cover);
            } else {
                mark(into, slot, DirtyPath.relabel((byte[]) child, DirtyNode.dirtOf(child) & ~Dirt.MOVED), null);
            }
        });
    }

    /** Whether a path is dirty, by a mark of its own or of a subtree that it is in. */
    boolean has(DirtyPath path) {
        return DirtyWay.find(root, path) != null;
    }

    /** Whether a subtree that a path is in is dirty. */
    boolean hasAbove(DirtyPath path) {
        DirtyWay way = DirtyWay.find(root, path);
        return way != null && !way.isOwn();
    }

    /** Whether a path is marked as written to, so that its content here is news. */
    boolean isWritten(DirtyPath path) {
        DirtyWay way = DirtyWay.find(root, path);
        return way != null && (way.dirt() & Dirt.CONTENT) != 0;
    }

    /**
     * Moves the mark by which a path is dirty to another set.
     *
     * @return false: there is none, or it says that all is dirty
     */
    boolean move(DirtyPath path, DirtySet to) {
        DirtyWay way = DirtyWay.find(root, path);
        if (way == null || way.isWhole()) {
            return false;
        }
        to.mark(way.marked(), way.dirt(), since);
        bytes -= way.cut();
        size--;
        return true;
    }

    /** Moves all to a set of its own, leaving this one empty. */
    DirtySet take() {
        DirtySet taken = sibling();
        moveChildren(taken);
        taken.bytes = bytes;
        taken.size = size;
        bytes = 0;
        size = 0;
        return taken;
    }

    /** An empty set with this one's bound and times. */
    DirtySet sibling() {
        DirtySet set = new DirtySet(maxBytes);
        set.since = since;
        set.latest = latest;
        return set;
    }

    private void moveChildren(DirtySet to) {
        to.root.setDirt(root.dirt());
        root.setDirt(0);
        int number = root.childCount();
        to.root.replaceChildren(root.takeChildren(), number);
    }

    /**
     * Moves a number of paths to a set of its own: directory by directory, beginning anywhere, so that no path waits for
     * ever while others keep coming.
     *
     * @param random chooses where to begin
     */
    DirtySet take(int paths, RandomGenerator random) {
        if (size <= paths) {
            return take();
        }
        DirtySet taken = sibling();
        new DirtyPortion(paths, random).move(root, taken.root);
        measure();
        taken.measure();
        return taken;
    }

    private void measure() {
        bytes = 0;
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

    /** Adds what another set holds, which is not to be used any more; its times stay true. */
    void putBack(DirtySet other) {
        if (other.isEmpty()) {
            return;
        }
        note(other.since, other.latest);
        merge(root, other.root, 0);
        bound();
    }

    /** @param above what is said of all this by a subtree that it is in; 0: nothing */
    private void merge(DirtyNode into, DirtyNode from, int above) {
        if (from.dirt() != 0 && !Dirt.covers(above, from.dirt())) {
            add(into, from.dirt());
        }
        int cover = (into.dirt() & Dirt.SUBTREE) == 0 ? above : into.dirt();
        from.forEach(child -> {
            if (saysMore(child, cover)) {
                long table = into.tableBytes();
                int slot = into.slot(DirtyNode.labelOf(child));
                bytes += into.tableBytes() - table;
                merge(into, slot, child, cover);
            }
        });
    }

    private void merge(DirtyNode into, int slot, Object child, int above) {
        Object there = into.at(slot);
        if (child instanceof DirtyNode node) {
            if (there == null) {
                DirtyNode made = new DirtyNode(DirtyPath.relabel(node.label(), 0));
                into.put(slot, made);
                bytes += made.ownBytes();
                merge(made, node, above);
            } else if (there instanceof DirtyNode known) {
                merge(known, node, above);
            } else if (saysMore(node, DirtyNode.dirtOf(there))) {
                merge(widen(into, slot, (byte[]) there), node, above);
            }
        } else {
            mark(into, slot, (byte[]) child, there);
        }
    }

    private static boolean saysMore(Object child, int above) {
        boolean more = DirtyNode.dirtOf(child) != 0 && !Dirt.covers(above, DirtyNode.dirtOf(child));
        return more || (child instanceof DirtyNode node && node.hasAny(below -> saysMore(below, above)));
    }

    private void bound() {
        if (bytes <= maxBytes) {
            return;
        }
        long goal = maxBytes / 2;
        for (long heavy = maxBytes / 4; bytes > goal && heavy > 0; heavy /= 4) {
            list(root, heavy, goal);
            lighten(root, heavy, goal);
        }
        if (bytes > goal) {
            add(root, Dirt.SUBTREE | root.content());
        }
        if (bytes > maxBytes) { // names of files with others: of whatever has several, all are compared
            root.takeChildren();
            root.setDirt(Dirt.normal(Dirt.SUBTREE | Dirt.CONTENT));
            measure();
        }
    }

    /**
     * Merges heavy directories below one, from the bottom up.
     *
     * @return bytes that the node takes then, with all below it
     */
    private long lighten(DirtyNode node, long heavy, long goal) {
        List<DirtyNode> directories = new ArrayList<>();
        node.forEach(child -> {
            if (child instanceof DirtyNode directory) {
                directories.add(directory);
            }
        });
        long below = node.ownBytes() + leafBytes(node);
        for (DirtyNode directory : directories) {
            long weight = lighten(directory, heavy, goal);
            if (bytes > goal && weight >= heavy) {
                list(directory, heavy, goal);
                weight = weight(directory);
            }
            if (bytes > goal && weight >= heavy) {
                int slot = node.slot(directory.label());
                int dirt = Dirt.SUBTREE | Dirt.SINGLE | directory.content();
                mark(node, slot, DirtyPath.relabel(directory.label(), dirt), directory);
                weight = directory.hasChildren() ? weight(directory) : DirtyNode.labelBytes(directory.label());
            }
            below += weight;
        }
        return below;
    }

    private static long leafBytes(DirtyNode node) {
        long[] sum = {0};
        node.forEach(child -> {
            if (child instanceof byte[] leaf) {
                sum[0] += DirtyNode.labelBytes(leaf);
            }
        });
        return sum[0];
    }

    private static long weight(DirtyNode node) {
        DirtySet scale = new DirtySet(Long.MAX_VALUE);
        scale.measure((Object) node);
        return scale.bytes;
    }

    /** Where there are many entries of one directory, its listing stands for those of them that are no subtrees. */
    private void list(DirtyNode node, long heavy, long goal) {
        if (bytes <= goal || node.tableBytes() + leafBytes(node) < heavy) {
            return;
        }
        int number = node.childCount();
        int content = 0;
        @Nullable Object[] children = node.takeChildren();
        for (int i = 0; i < children.length; i++) {
            if (children[i] instanceof byte[] leaf && (leaf[0] & KEPT) == 0) {
                content |= leaf[0] & Dirt.UNSEEN;
                children[i] = null;
                number--;
            }
        }
        node.replaceChildren(children, number);
        add(node, Dirt.SINGLE | Dirt.LISTED | content);
        measure();
    }
}
