package io.sluice.client.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.RsyncCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches of rsync 3.5.0: Sluice writes the same bytes for the same transfer, but for the figures at their end, which depend on frames and time; and the tree it
 * makes of rsync's is the source.
 */
@Timeout(60)
class BatchGoldenTest {
    private static final FileTime TIME = FileTime.fromMillis(1_000_000_000_000L);
    private static final FileTime OLDER = FileTime.fromMillis(900_000_000_000L);

    @TempDir
    private Path directory;

    private Path source;
    private Path target;

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        String old = IntStream.range(0, 120)
                .mapToObj(line -> "line " + line + " of the old text\n")
                .collect(Collectors.joining());
        make(source.resolve("new"), "new file\n", TIME);
        make(source.resolve("empty"), "", TIME);
        make(source.resolve("sub/changed"), old.substring(0, 700) + "something inserted\n" + old.substring(700), TIME);
        Path link = Files.createSymbolicLink(source.resolve("link"), Path.of("new"));
        Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(TIME, null, null);
        make(target.resolve("sub/changed"), old, OLDER);
        make(target.resolve("gone"), "gone\n", OLDER);
        for (Path place : List.of(source.resolve("sub"), source, target.resolve("sub"), target)) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setLastModifiedTime(place, place.startsWith(source) ? TIME : OLDER);
        }
    }

    private static void make(Path file, String content, FileTime time) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(file, time);
    }

    static byte[] recorded(int version) throws IOException {
        Properties batches = new Properties();
        try (InputStream in = Objects.requireNonNull(BatchGoldenTest.class.getResourceAsStream("batches.properties"));
                Reader reader = new InputStreamReader(in, StandardCharsets.US_ASCII)) {
            batches.load(reader);
        }
        String hex = Objects.requireNonNull(batches.getProperty("batch-" + version));
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private void run(Stream<String> words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        RsyncCommand.Surroundings here = new RsyncCommand.Surroundings(
                Map.of(), InputStream.nullInputStream(), new ByteArrayOutputStream(), err);
        int code = RsyncCommand.run(words.toList(), here);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {29, 30, 31, 32})
    void writesWhatRsyncWrites(int version) throws IOException {
        byte[] expected = recorded(version);
        Path batch = directory.resolve("batch");
        run(Stream.of(
                "-rlt",
                "--delete",
                "--no-whole-file",
                "--block-size=700",
                "--checksum-seed=305419896",
                "--protocol=" + version,
                "--write-batch=" + batch,
                source + "/",
                target + "/"));
        byte[] written = Files.readAllBytes(batch);
        int same = expected.length - (version < 30 ? 20 : version < 31 ? 15 : 16); // figures, and an end mark
        assertThat(written).hasSameSizeAs(expected);
        assertThat(Arrays.copyOf(written, same)).isEqualTo(Arrays.copyOf(expected, same));
    }

    @ParameterizedTest
    @ValueSource(ints = {29, 30, 31, 32})
    void makesTheSourceOfWhatRsyncWrote(int version) throws IOException {
        Path batch = Files.write(directory.resolve("batch"), recorded(version));
        run(Stream.of("-rlt", "--delete", "--read-batch=" + batch, target + "/"));
        assertThat(tree(target)).isEqualTo(tree(source)).hasSize(5);
    }

    private static Map<String, String> tree(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root))
                    .collect(Collectors.toMap(path -> root.relativize(path).toString(), BatchGoldenTest::content));
        }
    }

    private static String content(Path path) {
        try {
            String content = Files.isSymbolicLink(path)
                    ? Files.readSymbolicLink(path).toString()
                    : Files.isDirectory(path) ? "directory" : Files.readString(path);
            return content + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
