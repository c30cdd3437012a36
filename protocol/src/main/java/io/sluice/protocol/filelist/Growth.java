package io.sluice.protocol.filelist;

import java.util.Arrays;

/** How the arrays of a list that is being made grow. */
final class Growth {
    private static final int MIN_CAPACITY = 16;
    /** The longest array that every JVM makes. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private Growth() {}

    /**
     * Returns a capacity of at least {@code needed}, by half more than {@code current}.
     *
     * @throws IllegalStateException if no array is that long
     */
    static int next(int current, int needed) {
        if (needed < 0 || needed > MAX_CAPACITY) {
            throw new IllegalStateException(
                    "file list bytes or entries: too many for one array (expected: <= " + MAX_CAPACITY + ")");
        }
        long grown = current + (long) (current >> 1) + MIN_CAPACITY;
        return (int) Math.min(Math.max(needed, grown), MAX_CAPACITY);
    }

    /** Returns {@code bytes} or a longer copy, with room for {@code more} bytes after the first {@code used}. */
    static byte[] ensure(byte[] bytes, int used, int more) {
        int needed = used + more;
        return needed >= 0 && needed <= bytes.length ? bytes : Arrays.copyOf(bytes, next(bytes.length, needed));
    }
}
