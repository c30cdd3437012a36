package io.sluice.watcher.mirror;

import java.util.OptionalLong;

/**
 * A mirror's bounds.
 *
 * @param maxDirtyBytes heap that the paths that one replica may differ in take; beyond, whole directories stand for
 *     what is in them. Absent: 16 MiB, about 400,000 paths, or less if there are so many replicas that all of them
 *     together would take a quarter of the heap
 * @param insist whether a replica that cannot be reached at the start, or refuses, is tried again and again like later on;
 *     else the mirror does not begin
 * @param slice paths that go in one session at most, so that a fresh change does not wait for all of a large batch
 */
public record MirrorPolicy(OptionalLong maxDirtyBytes, boolean insist, int slice) {
    public static final MirrorPolicy DEFAULT = new MirrorPolicy(OptionalLong.empty(), true, 4096);

    private static final long DEFAULT_BYTES = 16L << 20;
    private static final int HEAP_SHARE = 4;

    public MirrorPolicy {
        if (slice < 1 || maxDirtyBytes.orElse(0) < 0) {
            throw new IllegalArgumentException("slice: " + slice + ", dirty memory: " + maxDirtyBytes
                    + " (expected: at least 1, and no negative number)");
        }
    }

    public MirrorPolicy withMaxDirtyBytes(long value) {
        return new MirrorPolicy(OptionalLong.of(value), insist, slice);
    }

    public MirrorPolicy withInsist(boolean value) {
        return new MirrorPolicy(maxDirtyBytes, value, slice);
    }

    public MirrorPolicy withSlice(int value) {
        return new MirrorPolicy(maxDirtyBytes, insist, value);
    }

    /** Heap for each of a number of replicas. */
    long dirtyBytes(int replicas) {
        long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE / replicas;
        return maxDirtyBytes.orElse(Math.min(DEFAULT_BYTES, share));
    }
}
