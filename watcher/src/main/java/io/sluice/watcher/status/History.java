package io.sluice.watcher.status;

import java.util.Arrays;

/** What came to one replica lately, in buckets of equal time. Not thread-safe. */
final class History {
    /** How long one bucket is. */
    static final int BUCKET_SECONDS = 10;
    /** How many there are: ten minutes. */
    static final int BUCKETS = 60;

    private final long[] changes = new long[BUCKETS];
    private final long[] bytes = new long[BUCKETS];
    private final long[] lagMillis = new long[BUCKETS];
    private final int[] failures = new int[BUCKETS];
    /** The number of the bucket that is being filled, counted from the clock's zero. */
    private long current = Long.MIN_VALUE;

    /**
     * The buckets at a moment, the oldest first.
     *
     * @param changes paths that arrived
     * @param bytes of content that was sent
     * @param lagMillis the longest lag
     * @param failures pushes that failed
     */
    record Buckets(long[] changes, long[] bytes, long[] lagMillis, int[] failures) {
        long allChanges() {
            return Arrays.stream(changes).sum();
        }

        long allBytes() {
            return Arrays.stream(bytes).sum();
        }

        long longestLag() {
            return Arrays.stream(lagMillis).max().orElse(0);
        }

        int allFailures() {
            return Arrays.stream(failures).sum();
        }
    }

    void pushed(long nowMillis, long newChanges, long newBytes, long millis) {
        int place = place(nowMillis);
        changes[place] += newChanges;
        bytes[place] += newBytes;
        lagMillis[place] = Math.max(lagMillis[place], millis);
    }

    void failed(long nowMillis) {
        failures[place(nowMillis)]++;
    }

    void lags(long nowMillis, long millis) {
        int place = place(nowMillis);
        lagMillis[place] = Math.max(lagMillis[place], millis);
    }

    /** Empties the buckets whose time has come again. A clock that goes back goes on filling the bucket of before. */
    private int place(long nowMillis) {
        long bucket = Math.floorDiv(nowMillis, BUCKET_SECONDS * 1000L);
        if (bucket > current) {
            long since = current == Long.MIN_VALUE ? bucket : Math.max(current + 1, bucket - BUCKETS + 1);
            for (long i = since; i <= bucket; i++) {
                clear((int) Math.floorMod(i, (long) BUCKETS));
            }
            current = bucket;
        }
        return (int) Math.floorMod(current, (long) BUCKETS);
    }

    private void clear(int place) {
        changes[place] = 0;
        bytes[place] = 0;
        lagMillis[place] = 0;
        failures[place] = 0;
    }

    Buckets buckets(long nowMillis) {
        int oldest = (place(nowMillis) + 1) % BUCKETS;
        Buckets all = new Buckets(new long[BUCKETS], new long[BUCKETS], new long[BUCKETS], new int[BUCKETS]);
        for (int i = 0; i < BUCKETS; i++) {
            int place = (oldest + i) % BUCKETS;
            all.changes[i] = changes[place];
            all.bytes[i] = bytes[place];
            all.lagMillis[i] = lagMillis[place];
            all.failures[i] = failures[place];
        }
        return all;
    }
}
