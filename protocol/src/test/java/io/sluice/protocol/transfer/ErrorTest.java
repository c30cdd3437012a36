package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.TransferListener;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An {@link Error} in a role of either end: both ends end, with the same code, and the client has been told by whom it was; a role, or an end, that
 * waited for the one that failed would run into the time limit.
 */
@Timeout(60)
class ErrorTest {
    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    private Path source;

    @BeforeEach
    void fill() throws Exception {
        source = Files.createDirectories(directory.resolve("source"));
        Trees.fill(source, 300, 1);
    }

    /** Fails at the first item (generator or sender), or when the first file is complete (receiver or sender). */
    private record Failing(boolean atItem) implements TransferListener {
        @Override
        public void item(Item item) {
            if (atItem) {
                throw new OutOfMemoryError("in a test");
            }
        }

        @Override
        public void transferEnded(Item item, boolean complete) {
            throw new OutOfMemoryError("in a test");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true", "true, true, false", "true, false, true", "true, false, false",
        "false, true, true", "false, true, false", "false, false, true", "false, false, false"
    })
    void endsBothEnds(boolean push, boolean clientFails, boolean atItem) throws Exception {
        Path destination = directory.resolve("destination");
        Exchange exchange =
                push ? Exchange.push("-rtp", source, destination) : Exchange.pull("-rtp", source, destination);
        Failing failing = new Failing(atItem);
        Exchange.Ends ends = (clientFails ? exchange.clientHeardBy(failing) : exchange.serverHeardBy(failing)).ours();
        assertThat(ends.client().failure()).isNotNull();
        assertThat(ends.server().failure()).isNotNull();
        assertThat(ends.client().failure().exitCode()).isEqualTo(ExitCode.MALLOC);
        assertThat(ends.server().failure().exitCode()).isEqualTo(ExitCode.MALLOC);
        String told = String.join("\n", ends.client().heard().notices);
        if (clientFails) {
            assertThat(ends.client().failure()).hasMessage("out of memory: in a test");
        } else {
            assertThat(told).containsOnlyOnce("out of memory: in a test");
        }
        try (var left = Files.walk(destination)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }
}
