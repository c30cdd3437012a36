package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The connection breaks after any number of bytes, in either direction. Each file must then be the old one or the new one as a whole, nothing temporary is
 * left, and both ends come to an end: a torn file, a leftover name or a hang fails.
 */
class BrokenConnectionTest {
    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    private Path source;

    @BeforeEach
    void fill() throws IOException {
        source = Files.createDirectories(directory.resolve("source"));
        Random random = new Random(4);
        for (int i = 0; i < 12; i++) {
            Path inner = Files.createDirectories(source.resolve("d" + i % 3));
            Trees.write(inner.resolve("f" + i), random, 10_000 + random.nextInt(60_000));
        }
    }

    private Path makeDestination(int round) throws IOException {
        Path destination = Files.createDirectories(directory.resolve("destination" + round));
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                Path old = destination.resolve(source.relativize(path).toString());
                Files.createDirectories(old.getParent());
                byte[] content = Files.readAllBytes(path);
                content[content.length / 2] ^= 1;
                Files.write(old, content);
            }
        }
        return destination;
    }

    @Timeout(300)
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesWholeFilesOnly(boolean push) throws Exception {
        Random random = new Random(push ? 5 : 6);
        for (int round = 0; round < 40; round++) {
            Path destination = makeDestination(round);
            boolean client = random.nextBoolean();
            long after = random.nextInt(client == push ? 300_000 : 20_000);
            Exchange exchange =
                    push ? Exchange.push("-rtpW", source, destination) : Exchange.pull("-rtp", source, destination);
            Exchange.Ends ends = exchange.breakAfter(client ? after : Long.MAX_VALUE, client ? Long.MAX_VALUE : after)
                    .ours();
            checkFiles(destination);
            if (ends.client().failure() != null) {
                assertThat(ends.client().failure().exitCode())
                        .isIn(ExitCode.STREAM_IO, ExitCode.SOCKET_IO, ExitCode.FILE_IO);
            }
        }
    }

    private void checkFiles(Path destination) throws IOException {
        try (Stream<Path> walk = Files.walk(destination)) {
            for (Path path : walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Path wanted = source.resolve(destination.relativize(path).toString());
                assertThat(wanted).as("a name that is in the source").exists();
                byte[] content = Files.readAllBytes(wanted);
                byte[] actual = Files.readAllBytes(path);
                byte[] old = content.clone();
                old[old.length / 2] ^= 1;
                assertThat(Arrays.equals(actual, content) || Arrays.equals(actual, old))
                        .as("whole: %s", path)
                        .isTrue();
            }
        }
    }
}
