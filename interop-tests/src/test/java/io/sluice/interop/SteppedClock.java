package io.sluice.interop;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * The time of day as a process sees it, which can be set: by libfaketime, which stands between it and the C library. Times of
 * files stay the kernel's, and so does the clock that only goes forward.
 */
final class SteppedClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path library;
    private final Path offset;

    private SteppedClock(Path library, Path offset) throws IOException {
        this.library = library;
        this.offset = offset;
        step(0);
    }

    /**
     * One that is right at first; empty without the package {@code faketime}.
     *
     * @param directory for the file that says how wrong it is
     */
    static Optional<SteppedClock> in(Path directory) throws IOException {
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(LIBRARIES, Files::isDirectory)) {
            for (Path architecture : architectures) {
                Path library = architecture.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    return Optional.of(new SteppedClock(library, directory.resolve("clock")));
                }
            }
        }
        return Optional.empty();
    }

    /** What a process is started with that is to see it. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_CACHE_DURATION",
                "1", // seconds until it looks into that file again
                "DONT_FAKE_MONOTONIC",
                "1",
                "NO_FAKE_STAT",
                "1");
    }

    /** Removes the shared memory that a process which saw it, and was killed, has left behind. */
    static void cleanUp(long pid) throws IOException {
        Files.deleteIfExists(SHARED_MEMORY.resolve("faketime_shm_" + pid));
        Files.deleteIfExists(SHARED_MEMORY.resolve("sem.faketime_sem_" + pid));
    }

    /** Is wrong by so many seconds from within a second on. */
    void step(long seconds) throws IOException {
        Path next = Files.writeString(offset.resolveSibling("clock.next"), (seconds < 0 ? "" : "+") + seconds);
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }
}
