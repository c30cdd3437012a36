package io.sluice.watcher.mirror;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A path on its way into the dirty sets of many replicas: split into names and hashed once, and with one array for each
 * name that all the sets share. For one thread.
 *
 * <pre>
 * label = { 1 byte Dirt, name }    never modified, since sets share it
 * </pre>
 */
final class DirtyPath {
    private static final byte[] ROOT_LABEL = {0};
    /** Secret, so that nobody can choose names that collide. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final byte[] path;
    /** Where each name ends in the path. */
    private final int[] ends;

    private final int[] hashes;
    private final byte[] @Nullable [] labels;

    private DirtyPath(byte[] path, int[] ends) {
        this.path = path;
        this.ends = ends;
        this.hashes = new int[ends.length];
        this.labels = new byte[ends.length][];
        for (int i = 0; i < ends.length; i++) {
            hashes[i] = hash(path, start(i), ends[i]);
        }
    }

    /** @param path relative, without leading or trailing slash; empty: the root */
    static DirtyPath of(byte[] path) {
        int names = path.length == 0 ? 0 : 1;
        for (byte b : path) {
            names += b == '/' ? 1 : 0;
        }
        int[] ends = new int[names];
        int name = 0;
        for (int i = 0; i < path.length; i++) {
            if (path[i] == '/') {
                ends[name++] = i;
            }
        }
        if (names > 0) {
            ends[name] = path.length;
        }
        return new DirtyPath(path.clone(), ends);
    }

    /** The path of its first names. */
    DirtyPath above(int names) {
        return names == depth() ? this : of(names == 0 ? new byte[0] : Arrays.copyOf(path, ends[names - 1]));
    }

    /** The label of an entry without a name. */
    static byte[] rootLabel() {
        return ROOT_LABEL;
    }

    /** Names in the path; 0 for the root. */
    int depth() {
        return ends.length;
    }

    int hash(int index) {
        return hashes[index];
    }

    /** The label of a name with this dirt. */
    byte[] label(int index, int dirt) {
        byte[] label = labels[index];
        if (label == null || label[0] != dirt) {
            label = new byte[1 + ends[index] - start(index)];
            label[0] = (byte) dirt;
            System.arraycopy(path, start(index), label, 1, label.length - 1);
            labels[index] = label;
        }
        return label;
    }

    /** Whether a label is of this name. */
    boolean names(int index, byte[] label) {
        return Arrays.equals(path, start(index), ends[index], label, 1, label.length);
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1] + 1;
    }

    /** As {@link #hash(int)}, of a label's name. */
    static int hash(byte[] label) {
        return hash(label, 1, label.length);
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = SEED;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return (int) (hash >>> 16);
    }

    /** The same name with other dirt. */
    static byte[] relabel(byte[] label, int dirt) {
        if (label[0] == dirt) {
            return label;
        }
        byte[] changed = label.clone();
        changed[0] = (byte) dirt;
        return changed;
    }
}
