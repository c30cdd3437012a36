package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our two sides against each other, through pipes that hold 4 KiB each way: a side that waits for room while it should read would stop for ever. The trees
 * are compared with all metadata, so anything left out shows.
 */
class OwnEndsTest {
    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    @Timeout(60)
    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void makesTheSameTree(int protocol) throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        Path destination = directory.resolve("destination");
        Trees.fill(source, 400, 1);
        Exchange.Ends ends = Exchange.pull("-logDtpr", source, destination)
                .protocol(protocol)
                .ours();
        assertThat(ends.client().failure()).isNull();
        assertThat(ends.client().heard().notices).isEmpty();
        assertThat(ends.client().code()).isZero();
        assertThat(ends.server().code()).isZero();
        assertThat(Trees.differences(source, destination, protocol > 30)).isEmpty();
    }

    /** The destination has an older state, so that deltas, deletions and changes of type are needed for the trees to become equal. */
    @Timeout(60)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-logDtpr --delete",
                "-logDtpr --delete-before",
                "-logDtpr --delete-during",
                "-logDtpr --delete-delay",
                "-logDtpr --delete-after",
                "-logDtprc --delete",
                "-logDtprI --delete",
                "-logDtprW --delete",
                "-logDtprS --delete",
                "-logDtprz --delete",
                "-logDtpr --delete --inplace",
                "-logDtpr --delete --delay-updates",
                "-logDtpr --delete --partial",
                "-logDtpr --delete --block-size=1000",
                "-logDtpr --delete --no-i-r",
            })
    void pullBringsAnOlderTreeUpToDate(String arguments) throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        Path destination = Files.createDirectories(directory.resolve("destination"));
        Trees.fill(source, 300, 2);
        Trees.age(source, destination, 3);
        Exchange.Ends ends = Exchange.pull(arguments, source, destination).ours();
        assertThat(ends.client().failure()).isNull();
        assertThat(ends.client().heard().notices).isEmpty();
        assertThat(ends.client().code()).isZero();
        assertThat(ends.client().heard().deleted).contains("d1/extra", "extra/deep/file", "extra/deep/", "extra/");
        assertThat(Trees.differences(source, destination, true)).isEmpty();
    }

    /** The destination has an older state, so that deltas, deletions and changes of type are needed for the trees to become equal. */
    @Timeout(60)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-logDtpr --delete",
                "-logDtpr --delete-before",
                "-logDtpr --delete-during",
                "-logDtpr --delete-delay",
                "-logDtpr --delete-after",
                "-logDtprc --delete",
                "-logDtprI --delete",
                "-logDtprW --delete",
                "-logDtprS --delete",
                "-logDtprz --delete",
                "-logDtpr --delete --inplace",
                "-logDtpr --delete --delay-updates",
                "-logDtpr --delete --partial",
                "-logDtpr --delete --block-size=1000",
                "-logDtpr --delete --no-i-r",
            })
    void pushBringsAnOlderTreeUpToDate(String arguments) throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        Path destination = Files.createDirectories(directory.resolve("destination"));
        Trees.fill(source, 300, 2);
        Trees.age(source, destination, 3);
        Exchange.Ends ends = Exchange.push(arguments, source, destination).ours();
        assertThat(ends.client().failure()).isNull();
        assertThat(ends.client().heard().notices).isEmpty();
        assertThat(ends.client().code()).isZero();
        assertThat(ends.client().heard().deleted).contains("d1/extra", "extra/deep/file", "extra/deep/", "extra/");
        assertThat(Trees.differences(source, destination, true)).isEmpty();
    }
}
