package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading of directories, checked against the names that were made. */
class DirectoryReaderTest {
    @TempDir
    Path root;

    private DirectoryHandle directory;

    @BeforeEach
    void open() throws IOException {
        directory = Names.open(root);
    }

    @AfterEach
    void close() throws IOException {
        directory.close();
    }

    /** More than one buffer holds: every entry once, and the inode that statx tells. */
    @Test
    void readsTenThousandEntries() throws IOException {
        Set<String> made =
                IntStream.range(0, 10_000).mapToObj(i -> "entry " + i).collect(Collectors.toSet());
        for (String name : made) {
            directory.makeNode(bytes(name), FileMode.REGULAR | 0600, 0, 0);
        }
        Set<String> found = new HashSet<>();
        FileStatus status = new FileStatus();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                assertThat(found.add(name(reader))).isTrue();
                assertThat(reader.status(false, status)).isTrue();
                assertThat(status.inode()).isEqualTo(reader.inode());
            }
            assertThat(reader.next()).isFalse();
        }
        assertThat(found).isEqualTo(made);
    }

    /** The kernel does not clear what fills up an entry, so each length is tried after longer ones left their bytes. */
    @Test
    void findsTheEndOfNamesOfEveryLength() throws IOException {
        Set<String> made = IntStream.rangeClosed(1, 255).mapToObj("n"::repeat).collect(Collectors.toSet());
        made.add("...");
        made.add(".x");
        made.add("..y");
        for (String name : made) {
            Names.write(directory, name, "");
        }
        for (int round = 0; round < 2; round++) {
            assertThat(names()).isEqualTo(made);
        }
    }

    @Test
    void tellsTypes() throws IOException {
        Names.write(directory, "file", "");
        directory.makeDirectory(bytes("directory"), 0700);
        directory.symlink(bytes("x"), bytes("link"));
        directory.makeNode(bytes("fifo"), FileMode.FIFO | 0600, 0, 0);
        directory.makeNode(bytes("socket"), FileMode.SOCKET | 0600, 0, 0);
        TreeMap<String, Integer> types = new TreeMap<>();
        FileStatus status = new FileStatus();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                assertThat(reader.status(false, status)).isTrue();
                boolean told = reader.type() != DirectoryReader.TYPE_UNKNOWN;
                types.put(name(reader), told ? reader.type() : status.type() >> 12);
            }
        }
        assertThat(types)
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(
                        "directory", DirectoryReader.TYPE_DIRECTORY,
                        "fifo", DirectoryReader.TYPE_FIFO,
                        "file", DirectoryReader.TYPE_REGULAR,
                        "link", DirectoryReader.TYPE_SYMLINK,
                        "socket", DirectoryReader.TYPE_SOCKET)));
    }

    /** Readers of one handle do not share a position: each sees all, whether one after the other or at once. */
    @Test
    void readersAreIndependent() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            directory.makeNode(bytes("a long enough name for two buffers " + i), FileMode.REGULAR | 0600, 0, 0);
        }
        try (DirectoryReader first = directory.read();
                DirectoryReader second = directory.read();
                DirectoryHandle place = directory.openPlace(bytes("."), Resolve.BENEATH);
                DirectoryReader third = place.read();
                DirectoryHandle duplicate = directory.duplicate();
                DirectoryReader fourth = duplicate.read()) {
            int count = 0;
            while (first.next()) {
                assertThat(second.next() && third.next() && fourth.next()).isTrue();
                assertThat(second.name()).isEqualTo(first.name());
                assertThat(third.name()).isEqualTo(first.name());
                assertThat(fourth.name()).isEqualTo(first.name());
                count++;
            }
            assertThat(count).isEqualTo(3_000);
        }
    }

    @Test
    void nameLiesInTheBuffer() throws IOException {
        Names.write(directory, "x\u00FFy", "");
        try (DirectoryReader reader = directory.read()) {
            assertThat(reader.next()).isTrue();
            byte[] copy = new byte[5];
            reader.copyName(copy, 1);
            assertThat(copy).isEqualTo(bytes("\0x\u00FFy\0"));
            long from = reader.nameOffset();
            assertThat(reader.nameBuffer().asSlice(from, reader.nameLength()).toArray(JAVA_BYTE))
                    .isEqualTo(reader.name());
        }
    }

    @Test
    void entryThatIsGoneHasNoStatus() throws IOException {
        Names.write(directory, "file", "");
        try (DirectoryReader reader = directory.read()) {
            assertThat(reader.next()).isTrue();
            directory.unlink(bytes("file"));
            assertThat(reader.status(false, new FileStatus())).isFalse();
        }
    }

    @Test
    void removedDirectoryIsEmpty() throws IOException {
        directory.makeDirectory(bytes("d"), 0700);
        try (DirectoryHandle removed = directory.openDirectory(bytes("d"), Resolve.BENEATH);
                DirectoryReader reader = removed.read()) {
            directory.removeDirectory(bytes("d"));
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void useAfterCloseFails() throws IOException {
        DirectoryReader reader = directory.read();
        reader.close();
        reader.close();
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    private Set<String> names() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                names.add(name(reader));
            }
        }
        return names;
    }

    private static String name(DirectoryReader reader) {
        return new String(reader.name(), StandardCharsets.ISO_8859_1);
    }
}
