package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** How many descriptors this process may have at a time ({@code RLIMIT_NOFILE}, getrlimit(2)). */
public final class OpenFileLimit {
    private static final int RLIMIT_NOFILE = 7;

    private OpenFileLimit() {}

    /** The limit that holds now, the soft one; {@link Long#MAX_VALUE} if there is none. */
    public static long current() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limits = arena.allocate(JAVA_LONG, 2); // struct rlimit64 { u64 soft; u64 hard }
            check(
                    Caller.current().call(CallNumber.PRLIMIT64, 0, RLIMIT_NOFILE, 0, limits.address()),
                    "prlimit64",
                    "open files");
            long soft = limits.get(JAVA_LONG, 0);
            return soft < 0 ? Long.MAX_VALUE : soft; // RLIM64_INFINITY is -1
        }
    }
}
