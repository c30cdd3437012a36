package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tree that nobody may touch or see, beside one that is worked on. It has the names that the other has, so that whatever is led astray finds something to
 * do. Every change of an entry changes its ctime, which nobody can set back.
 */
final class Canary {
    static final String SECRET = "the secret content of the canary";
    /** A name that stands nowhere else. */
    static final String SECRET_NAME = "only-outside-";

    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_300_000_000));

    private final Path root;
    private final Map<String, String> before;

    private Canary(Path root) throws IOException {
        this.root = root;
        this.before = state();
    }

    /** Makes a canary with the names of the entries of {@code like}. */
    static Canary make(Path root, Path like) throws IOException {
        Files.createDirectories(root);
        try (Stream<Path> names = Files.walk(like)) {
            for (Path name : names.sorted().toList()) {
                Path place = root.resolve(like.relativize(name));
                if (Files.isDirectory(name, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(place);
                    write(place.resolve(SECRET_NAME + "in"));
                } else {
                    write(place);
                }
            }
        }
        try (Stream<Path> made = Files.walk(root)) {
            for (Path path : made.sorted(Comparator.reverseOrder()).toList()) {
                Files.setLastModifiedTime(path, OLD);
            }
        }
        return new Canary(root);
    }

    private static void write(Path file) throws IOException {
        Files.writeString(file, SECRET + " " + file);
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .write("canary", ByteBuffer.wrap(SECRET.getBytes(ISO_8859_1)));
    }

    Path root() {
        return root;
    }

    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Map<String, Object> attributes = Files.readAttributes(
                        path, "unix:mode,uid,gid,size,nlink,ino,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
                state.put(root.relativize(path).toString(), new TreeMap<>(attributes).toString());
            }
        }
        return state;
    }

    boolean isUntouched() throws IOException {
        return state().equals(before);
    }

    void assertUntouched(String by) throws IOException {
        assertThat(state()).as(by).isEqualTo(before);
    }

    /** Nothing of it is in {@code tree}: neither a name, nor content, nor an attribute's value. */
    void assertNowhereIn(Path tree, String by) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.toList()) {
                assertThat(String.valueOf(path.getFileName())).as(by).doesNotStartWith(SECRET_NAME);
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    assertThat(Files.readString(path, ISO_8859_1))
                            .as("%s: %s", by, path)
                            .doesNotContain(SECRET);
                    assertThat(Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
                                    .list())
                            .as("%s: %s", by, path)
                            .doesNotContain("canary");
                }
            }
        }
    }
}
