package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which files {@code --detect-renamed} builds on: a copy on this host that computes differences tells how much it took from a basis. The content is random,
 * so nothing can be taken from the wrong file.
 */
@Timeout(120)
class DetectRenamedTest {
    private static final int SIZE = 200_000;
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_300_000_000));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @BeforeEach
    void makeTrees() throws IOException {
        write("src/new/place/name", 1);
        write("dst/former", 1);
    }

    private void write(String name, int seed) throws IOException {
        byte[] content = new byte[SIZE];
        new Random(seed).nextBytes(content);
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content);
        Files.setLastModifiedTime(file, OLD);
    }

    private void touch(String name) throws IOException {
        Files.setLastModifiedTime(directory.resolve(name), FileTime.from(Instant.ofEpochSecond(1_200_000_000)));
    }

    /** Returns how many bytes were taken from what is here. */
    private int matched(String... options) {
        List<String> words = new ArrayList<>(List.of("-a", "--no-W", "--stats", "--no-h", "--detect-renamed"));
        words.addAll(Arrays.asList(options));
        words.add(directory + "/src/");
        words.add(directory + "/dst/");
        out.reset();
        int status = RsyncCommand.run(
                words, new RsyncCommand.Surroundings(Map.of(), InputStream.nullInputStream(), out, err));
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        String text = out.toString(StandardCharsets.UTF_8);
        return Integer.parseInt(text.replaceAll("(?s).*Matched data: ([0-9]+) bytes.*", "$1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--delete",
                "--delete-before",
                "--delete-during",
                "--delete-delay",
                "--delete-after",
                "--delete-excluded",
                "--links"
            })
    void takesARenamedFileHoweverItIsDeleted(String when) throws IOException {
        assertThat(matched(when)).isEqualTo(SIZE);
        assertThat(directory.resolve("dst/new/place/name"))
                .hasSameBinaryContentAs(directory.resolve("src/new/place/name"));
        assertThat(Files.exists(directory.resolve("dst/former"))).isEqualTo(when.equals("--links"));
        assertThat(Files.getLastModifiedTime(directory.resolve("dst/new"))).isEqualTo(mtime("src/new"));
    }

    private FileTime mtime(String name) throws IOException {
        return Files.getLastModifiedTime(directory.resolve(name));
    }

    /** The option has to be given: else the content comes from the source. */
    @Test
    void doesNothingUnasked() {
        assertThat(matched("--no-detect-renamed", "--delete")).isZero();
    }

    /** What is below a directory that a file takes the place of goes with it, before the receiver could read it. */
    @Test
    void takesNothingThatMakesRoomForAFile() throws IOException {
        write("dst/place/former", 3);
        write("src/a", 3);
        write("src/place", 4);
        Path names = Files.writeString(directory.resolve("names"), "a\nplace\nplace/former\n");
        assertThat(matched("--delete-missing-args", "--force", "--files-from=" + names))
                .isZero();
        assertThat(directory.resolve("dst/a")).hasSameBinaryContentAs(directory.resolve("src/a"));
        assertThat(directory.resolve("dst/place")).hasSameBinaryContentAs(directory.resolve("src/place"));
    }

    /** What the source has, too, may be about to change; what a rule protects is none of ours. */
    @Test
    void takesOnlyWhatTheSenderDoesNotHave() throws IOException {
        Files.move(directory.resolve("dst/former"), directory.resolve("dst/listed"));
        write("src/listed", 2);
        touch("src/listed");
        assertThat(matched("--delete")).isZero();
        Files.delete(directory.resolve("dst/new/place/name"));
        write("dst/former.keep", 1);
        assertThat(matched("--delete", "--exclude=*.keep")).isZero();
        assertThat(directory.resolve("dst/former.keep")).exists();
    }

    /** They are all of one size and time: the names tell which is which. */
    @Test
    void takesAllOfARenamedDirectory() throws IOException {
        Files.delete(directory.resolve("dst/former"));
        Files.delete(directory.resolve("src/new/place/name"));
        for (int i = 1; i < 6; i++) {
            write("src/new/place/sub/f" + i, i);
            write("dst/old/sub/f" + i, i);
        }
        assertThat(matched("--delete")).isEqualTo(5 * SIZE);
        assertThat(directory.resolve("dst/old")).doesNotExist();
    }

    /** With another time, the name must be the same, or the content, if sums are compared. */
    @Test
    void comparesNamesAndSums() throws IOException {
        touch("dst/former");
        assertThat(matched()).isZero();
        Files.delete(directory.resolve("dst/new/place/name"));
        assertThat(matched("--checksum")).isEqualTo(SIZE);
        Files.delete(directory.resolve("dst/new/place/name"));
        Files.createDirectory(directory.resolve("dst/elsewhere"));
        Files.move(directory.resolve("dst/former"), directory.resolve("dst/elsewhere/name"));
        assertThat(matched("--delete")).isEqualTo(SIZE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--delay-updates", "--partial-dir=.part", "--fuzzy", "--backup", "--backup-dir=../kept", "-H"})
    void worksBesideOtherOptions(String option) throws IOException {
        assertThat(matched("--delete", option)).isEqualTo(SIZE);
        assertThat(directory.resolve("dst/new/place/name"))
                .hasSameBinaryContentAs(directory.resolve("src/new/place/name"));
        assertThat(directory.resolve("dst/former")).doesNotExist();
    }

    /** Where a file's own blocks are overwritten, or only its end travels, there is no other basis; nor where all content travels. */
    @ParameterizedTest
    @ValueSource(strings = {"--inplace", "--append", "--whole-file", "--dry-run"})
    void staysOutOfTheWay(String option) throws IOException {
        assertThat(matched("--delete", option)).isZero();
        assertThat(Files.exists(directory.resolve("dst/former"))).isEqualTo(option.equals("--dry-run"));
    }

    /** A server that may not know the option must not get it unasked. */
    @Test
    void isRefusedWhereWeSend() {
        int status = RsyncCommand.run(
                List.of("-a", "--detect-renamed", directory + "/src/", "host:dst"),
                new RsyncCommand.Surroundings(Map.of(), InputStream.nullInputStream(), out, err));
        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("-M--detect-renamed");
    }

    /** Not to believe in times is no reason to send what is most probably here: it is compared anyway. */
    @Test
    void buildsOnAFileOfTheSameTimeEvenIfTimesAreNotBelieved() throws IOException {
        assertThat(matched("--delete", "--ignore-times")).isEqualTo(SIZE);
        assertThat(Files.mismatch(directory.resolve("src/new/place/name"), directory.resolve("dst/new/place/name")))
                .isEqualTo(-1);
    }
}
