package io.sluice.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Buffers of directory readers, kept by thread, so that reading a small directory does not clear 64 KiB first. */
final class DirectoryBuffers {
    private static final int SIZE = 64 * 1024;
    private static final int KEPT = 4;

    private static final ThreadLocal<DirectoryBuffers> CURRENT = new ThreadLocal<>() {
        @Override
        protected DirectoryBuffers initialValue() {
            return new DirectoryBuffers();
        }
    };

    private final MemorySegment[] spare = new MemorySegment[KEPT];
    private int spareCount;

    private DirectoryBuffers() {}

    static MemorySegment take() {
        DirectoryBuffers own = CURRENT.get();
        return own.spareCount > 0 ? own.spare[--own.spareCount] : Arena.ofAuto().allocate(SIZE, 8);
    }

    static void giveBack(MemorySegment buffer) {
        DirectoryBuffers own = CURRENT.get();
        if (own.spareCount < KEPT) {
            own.spare[own.spareCount++] = buffer;
        }
    }
}
