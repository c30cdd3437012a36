package io.sluice.watcher.mirror;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A directory on the way to dirty entries, which may be dirty itself. Its children are in an open hash table: entries
 * with nothing below them as their mere label ({@link DirtyPath}), others as nodes. So a dirty file takes the 16 bytes
 * of an array, its name, and about 8 in the table; what many replicas have in their sets shares the array.
 */
final class DirtyNode {
    private static final Object[] NOTHING = {};
    private static final int MIN_TABLE = 4;
    private static final int ARRAY = 16;
    private static final int REFERENCE = 4;
    private static final int NODE = 24;

    private byte[] label;
    private @Nullable Object[] table = NOTHING;
    private int count;

    DirtyNode(byte[] label) {
        this.label = label;
    }

    /** A child, or the root. */
    record Entry(byte[] name, int dirt, @Nullable DirtyNode node) {
        boolean is(int bits) {
            return (dirt & bits) != 0;
        }
    }

    byte[] label() {
        return label;
    }

    int dirt() {
        return label[0];
    }

    void setDirt(int dirt) {
        label = DirtyPath.relabel(label, dirt);
    }

    boolean hasChildren() {
        return count > 0;
    }

    /** Children that are mere labels, and nodes. */
    int childCount() {
        return count;
    }

    /** Itself as an entry. */
    Entry entry() {
        return new Entry(Arrays.copyOfRange(label, 1, label.length), dirt(), this);
    }

    /** The children, in no order that means anything. */
    void forEach(Consumer<Object> children) {
        for (Object child : table) {
            if (child != null) {
                children.accept(child);
            }
        }
    }

    /** Whether there is a child like that. */
    boolean hasAny(Predicate<Object> wanted) {
        for (Object child : table) {
            if (child != null && wanted.test(child)) {
                return true;
            }
        }
        return false;
    }

    /** {@link Dirt#CONTENT} if it or anything below it has bits of {@link Dirt#UNSEEN}, else 0. */
    int content() {
        return isUnseen(this) ? Dirt.CONTENT : 0;
    }

    private static boolean isUnseen(Object child) {
        boolean unseen = (dirtOf(child) & Dirt.UNSEEN) != 0;
        return unseen || (child instanceof DirtyNode node && node.hasAny(DirtyNode::isUnseen));
    }

    /** The children as entries. */
    Entry[] entries() {
        Entry[] entries = new Entry[count];
        int at = 0;
        for (Object child : table) {
            if (child instanceof DirtyNode node) {
                entries[at++] = node.entry();
            } else if (child instanceof byte[] leaf) {
                entries[at++] = new Entry(Arrays.copyOfRange(leaf, 1, leaf.length), leaf[0], null);
            }
        }
        return entries;
    }

    /** The slot of a name, or the free one where it belongs; the table has room for one more. */
    int slot(DirtyPath path, int index) {
        makeRoom();
        return probe(path, index);
    }

    private int probe(DirtyPath path, int index) {
        int mask = table.length - 1;
        int slot = path.hash(index) & mask;
        for (Object child = table[slot]; child != null; child = table[slot]) {
            if (path.names(index, labelOf(child))) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The same for a name that is known by its label. */
    int slot(byte[] name) {
        makeRoom();
        int mask = table.length - 1;
        int slot = DirtyPath.hash(name) & mask;
        for (Object child = table[slot]; child != null; child = table[slot]) {
            byte[] other = labelOf(child);
            if (Arrays.equals(other, 1, other.length, name, 1, name.length)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The child of a name; null if there is none. */
    @Nullable
    Object find(DirtyPath path, int index) {
        return count == 0 ? null : table[probe(path, index)];
    }

    @Nullable
    Object at(int slot) {
        return table[slot];
    }

    /** Puts a child, a label or a node, where {@link #slot} said. */
    void put(int slot, Object child) {
        if (table[slot] == null) {
            count++;
        }
        table[slot] = child;
    }

    /** Takes out the child of a name, which there is; those that it was in the way of move up. */
    Object remove(DirtyPath path, int index) {
        int mask = table.length - 1;
        int hole = probe(path, index);
        Object removed = Objects.requireNonNull(table[hole]);
        table[hole] = null;
        count--;
        for (int next = hole + 1 & mask; table[next] != null; next = next + 1 & mask) {
            int home = DirtyPath.hash(labelOf(Objects.requireNonNull(table[next]))) & mask;
            if ((next - home & mask) >= (next - hole & mask)) {
                table[hole] = table[next];
                table[next] = null;
                hole = next;
            }
        }
        return removed;
    }

    /** Has these children and no others; null ones are left out. */
    void replaceChildren(@Nullable Object[] children, int number) {
        count = 0;
        table = NOTHING;
        if (number > 0) {
            table = new Object[capacity(number)];
        }
        for (Object child : children) {
            if (child != null) {
                put(slot(labelOf(child)), child);
            }
        }
    }

    /** Gives all children away. */
    @Nullable
    Object[] takeChildren() {
        @Nullable Object[] taken = table;
        table = NOTHING;
        count = 0;
        return taken;
    }

    static byte[] labelOf(Object child) {
        return child instanceof DirtyNode node ? node.label : (byte[]) child;
    }

    static int dirtOf(Object child) {
        return labelOf(child)[0];
    }

    private static int capacity(int number) {
        return Math.max(MIN_TABLE, Integer.highestOneBit(Math.max(1, number * 4 / 3)) << 1);
    }

    private void makeRoom() {
        if ((count + 1) * 4 <= table.length * 3) {
            return;
        }
        @Nullable Object[] old = table;
        table = new Object[Math.max(MIN_TABLE, 2 * old.length)];
        int mask = table.length - 1;
        for (Object child : old) {
            if (child != null) {
                int slot = DirtyPath.hash(labelOf(child)) & mask;
                while (table[slot] != null) {
                    slot = slot + 1 & mask;
                }
                table[slot] = child;
            }
        }
    }

    /** Bytes of heap of the node, without what is in its table. */
    long ownBytes() {
        return NODE + labelBytes(label) + tableBytes();
    }

    /** Bytes of heap of the children that are mere labels. */
    long leafBytes() {
        long sum = 0;
        for (Object child : table) {
            sum += child instanceof byte[] leaf ? labelBytes(leaf) : 0;
        }
        return sum;
    }

    /** Bytes of heap of a child with all that is below it. */
    static long weight(Object child) {
        if (child instanceof byte[] leaf) {
            return labelBytes(leaf);
        }
        DirtyNode node = (DirtyNode) child;
        long sum = node.ownBytes();
        for (Object below : node.table) {
            sum += below == null ? 0 : weight(below);
        }
        return sum;
    }

    long tableBytes() {
        return table.length == 0 ? 0 : align(ARRAY + (long) REFERENCE * table.length);
    }

    /** Bytes of heap of a label. */
    static long labelBytes(byte[] label) {
        return align(ARRAY + (long) label.length);
    }

    private static long align(long bytes) {
        return bytes + 7 & ~7L;
    }
}
