package io.sluice.watcher.monitor;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of directories by a key that each holds itself: a few bytes an entry. Open addressing with linear
 * probing; removal moves later entries of the run back, so that there are no tombstones.
 */
final class DirectoryTable {
    private static final int FIRST_CAPACITY = 64;

    private final ToIntFunction<WatchedDirectory> hash;
    private @Nullable WatchedDirectory[] slots = new WatchedDirectory[FIRST_CAPACITY];
    private int size;

    /** @param hash of an entry's key, which must not change while the entry is in the table */
    DirectoryTable(ToIntFunction<WatchedDirectory> hash) {
        this.hash = hash;
    }

    int size() {
        return size;
    }

    /** The slot to look at first for a key with this hash. */
    int first(int keyHash) {
        return spread(keyHash) & (slots.length - 1);
    }

    /** The slot to look at after one whose entry was another key's. */
    int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    /** A slot's entry; null ends the search. */
    @Nullable
    WatchedDirectory at(int slot) {
        return slots[slot];
    }

    /** Adds an entry whose key is not there. */
    void add(WatchedDirectory entry) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        insert(entry);
        size++;
    }

    private void insert(WatchedDirectory entry) {
        int slot = first(hash.applyAsInt(entry));
        while (slots[slot] != null) {
            slot = next(slot);
        }
        slots[slot] = entry;
    }

    private void grow() {
        @Nullable WatchedDirectory[] old = slots;
        slots = new WatchedDirectory[2 * old.length];
        for (WatchedDirectory entry : old) {
            if (entry != null) {
                insert(entry);
            }
        }
    }

    /** Removes an entry, if it is there. */
    void remove(WatchedDirectory entry) {
        int slot = first(hash.applyAsInt(entry));
        while (slots[slot] != entry) {
            if (slots[slot] == null) {
                return;
            }
            slot = next(slot);
        }
        size--;
        closeGap(slot);
    }

    private void closeGap(int freed) {
        int gap = freed;
        int slot = next(gap);
        for (WatchedDirectory entry = slots[slot]; entry != null; entry = slots[slot]) {
            int home = first(hash.applyAsInt(entry));
            int mask = slots.length - 1;
            boolean reachesGap = ((slot - home) & mask) >= ((slot - gap) & mask);
            if (reachesGap) {
                slots[gap] = entry;
                gap = slot;
            }
            slot = next(slot);
        }
        slots[gap] = null;
    }

    private static int spread(int value) {
        int mixed = value * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
