package io.sluice.protocol;

import java.util.Arrays;

/**
 * How long one array may become whose length a peer or a file system decides ({@code --max-alloc}). It is a bound of sanity for each single array, as in
 * rsync, and none of all memory: what asks for more ends the transfer with code 22 before anything is allocated.
 *
 * @param bytes every array stays shorter than this
 */
public record AllocationLimit(long bytes) {
    /** rsync's, if the option is not given. */
    public static final AllocationLimit DEFAULT = new AllocationLimit(1L << 30);

    private static final int MIN_CAPACITY = 16;
    /** The longest array that every JVM makes. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    public AllocationLimit {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes of an array: " + bytes + " (expected: > 0)");
        }
    }

    /**
     * Returns {@code elements}, if an array of as many may be made.
     *
     * @param width bytes of one element
     * @param what the array holds, for the message
     * @throws AllocationException if it would be too long
     */
    public int require(long elements, int width, String what) {
        if (elements < 0 || elements > LONGEST_ARRAY || elements >= bytes / width) {
            throw new AllocationException("exceeded --max-alloc=" + bytes + " setting (" + what + ")");
        }
        return (int) elements;
    }

    /**
     * Returns a capacity of at least {@code needed} elements, by half more than {@code current} if that is allowed.
     *
     * @param width bytes of one element
     * @param what the array holds, for the message
     * @throws AllocationException if no array may have {@code needed} elements
     */
    public int grown(int current, long needed, int width, String what) {
        require(needed, width, what);
        long most = Math.min(LONGEST_ARRAY, bytes / width - 1);
        long wanted = current + (long) (current >> 1) + MIN_CAPACITY;
        return (int) Math.min(Math.max(needed, wanted), most);
    }

    /** Returns {@code bytes} or a longer copy, with room for {@code more} bytes after the first {@code used}. */
    public byte[] ensure(byte[] bytes, int used, int more, String what) {
        long needed = (long) used + more;
        return needed <= bytes.length ? bytes : Arrays.copyOf(bytes, grown(bytes.length, needed, Byte.BYTES, what));
    }
}
