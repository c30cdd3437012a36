package io.sluice.benchmarks;

import java.util.Locale;

/**
 * A scenario with its size.
 *
 * @param files number of files
 * @param fileBytes size of each, in bytes
 */
record Workload(Scenario scenario, int files, long fileBytes) {
    private static final long MEBI = 1 << 20;

    Workload {
        if (files < 1 || fileBytes < 1) {
            throw new IllegalArgumentException(
                    "workload: " + files + " files of " + fileBytes + " bytes (expected: > 0)");
        }
    }

    Workload withFiles(int count) {
        return new Workload(scenario, count, fileBytes);
    }

    Workload withFileBytes(long bytes) {
        return new Workload(scenario, files, bytes);
    }

    /** For a reader, such as {@code 50000 x 3000 B} or {@code 2048 MiB}. */
    String size() {
        return files == 1 && fileBytes >= MEBI
                ? fileBytes / MEBI + " MiB"
                : String.format(Locale.ROOT, "%d x %d B", files, fileBytes);
    }
}
