package io.sluice.watcher.mirror;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which file each name stood for when it was last seen, of names of files that have several. A name is kept as a hash of 64
 * bits: if two are taken for one, a file is pushed for nothing.
 *
 * <pre>
 * buckets of 8 places of 32 bytes: { hash (0: free), device, inode number, until when (0: still) }
 * </pre>
 *
 * It grows with what it holds, to a number of names; then a new name takes the place of another one of its bucket.
 */
final class StoodFor {
    private static final int WAYS = 8;
    private static final int FIELDS = 4;
    private static final int FIRST = 64;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Secret, so that nobody can choose names that collide. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private final int maxPlaces;
    private long[] places = new long[FIRST * FIELDS];
    private int size;
    private int victim;

    /** @param maxPlaces names at most, a power of two; each takes 32 bytes */
    StoodFor(int maxPlaces) {
        this.maxPlaces = maxPlaces;
    }

    /** A file: device and inode number. */
    record Inode(long device, long number) {}

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    boolean has(byte[] name) {
        return find(hash(name)) >= 0;
    }

    /** The name stands for something else from {@code nanos} on at the latest: what happened before still counts. */
    void left(byte[] name, long nanos) {
        int place = find(hash(name));
        if (place >= 0 && places[place + 3] == 0) {
            places[place + 3] = nanos == 0 ? 1 : nanos;
        }
    }

    /** What the name stood for after {@code since}; null: nothing that is known. */
    @Nullable
    Inode get(byte[] name, long since) {
        int place = find(hash(name));
        if (place < 0) {
            return null;
        }
        long until = places[place + 3];
        return until != 0 && since - until > 0 ? null : new Inode(places[place + 1], places[place + 2]);
    }

    void put(byte[] name, long device, long number) {
        long hash = hash(name);
        int place = find(hash);
        while (place < 0) {
            place = free(hash);
            if (place < 0 && places.length < maxPlaces * FIELDS) {
                grow();
            } else if (place < 0) {
                place = bucket(hash) + victim * FIELDS;
                victim = (victim + 1) % WAYS;
                size--;
            }
        }
        size += places[place] == hash ? 0 : 1;
        set(place, hash, device, number);
    }

    private void set(int place, long hash, long device, long number) {
        places[place] = hash;
        places[place + 1] = device;
        places[place + 2] = number;
        places[place + 3] = 0;
    }

    private int find(long hash) {
        int start = bucket(hash);
        for (int place = start; place < start + WAYS * FIELDS; place += FIELDS) {
            if (places[place] == hash) {
                return place;
            }
        }
        return -1;
    }

    private int free(long hash) {
        int start = bucket(hash);
        for (int place = start; place < start + WAYS * FIELDS; place += FIELDS) {
            if (places[place] == 0) {
                return place;
            }
        }
        return -1;
    }

    private int bucket(long hash) {
        int buckets = places.length / FIELDS / WAYS;
        return ((int) (hash >>> 32) & (buckets - 1)) * WAYS * FIELDS;
    }

    /** Twice the buckets: what was in one goes to one of two, so that all find a place. */
    private void grow() {
        long[] old = places;
        places = new long[2 * old.length];
        for (int from = 0; from < old.length; from += FIELDS) {
            if (old[from] != 0) {
                System.arraycopy(old, from, places, free(old[from]), FIELDS);
            }
        }
    }

    private long hash(byte[] name) {
        long hash = seed;
        for (byte b : name) {
            hash = (hash ^ b) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return hash == 0 ? 1 : hash;
    }
}
