package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * Nanosecond values with a meaning of their own in {@code setTimes}, and the pair of {@code struct timespec}
 * ({@code long} seconds, {@code long} nanoseconds; access before modification) that the kernel takes.
 */
public final class FileTimes {
    /** As nanoseconds: set this time to now; its seconds do not count. */
    public static final int NOW = 0x3FFFFFFF;
    /** As nanoseconds: leave this time as it is; its seconds do not count. */
    public static final int OMIT = 0x3FFFFFFE;

    private FileTimes() {}

    /** Writes both into the caller's structure; its address. */
    static long write(Caller caller, long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos) {
        var pair = caller.structure();
        pair.set(JAVA_LONG, 0, atimeSeconds);
        pair.set(JAVA_LONG, 8, atimeNanos);
        pair.set(JAVA_LONG, 16, mtimeSeconds);
        pair.set(JAVA_LONG, 24, mtimeNanos);
        return caller.structureAddress();
    }
}
