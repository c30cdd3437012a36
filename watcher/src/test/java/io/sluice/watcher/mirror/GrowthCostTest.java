package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files are holes: what counts is the size that reading would have to deal with. */
class GrowthCostTest {
    @TempDir
    private Path source;

    @ParameterizedTest
    @CsvSource({
        "log, 100, 0",
        "log, 16777216, 1",
        "log, 1073741824, 64",
        "log, 1649267441664, 86400",
        "gone, 16777216, 0"
    })
    void growsWithTheSize(String asked, long size, long seconds) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(source.resolve("log").toFile(), "rw")) {
            file.setLength(size);
        }
        GrowthCost cost = new GrowthCost(source.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(cost.applyAsLong(asked.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(TimeUnit.SECONDS.toNanos(seconds));
    }
}
