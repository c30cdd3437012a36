package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set by name is read through the open file and the other way round. */
class ExtendedAttributesTest {
    private static final byte[] ATTRIBUTE = bytes("user.sluice.\u00E4");

    @TempDir
    Path root;

    private DirectoryHandle directory;

    @BeforeEach
    void open() throws IOException {
        directory = Names.open(root);
        Names.write(directory, "file\u00FF", "");
        try {
            ExtendedAttributes.of(directory, bytes(".")).set(bytes("user.probe"), new byte[0], ExtendedAttributes.SET);
        } catch (SystemCallException e) {
            Assumptions.assumeTrue(
                    e.errno() != Errno.EOPNOTSUPP, "left out: " + root + " holds no extended attributes");
            throw e;
        }
    }

    @AfterEach
    void close() throws IOException {
        directory.close();
    }

    @Test
    void nameAndOpenFileShowTheSame() throws IOException {
        ExtendedAttributes byName = ExtendedAttributes.of(directory, bytes("file\u00FF"));
        try (OpenFile file = directory.openFile(bytes("file\u00FF"), OpenFlags.READ_ONLY, 0, Resolve.BENEATH)) {
            ExtendedAttributes byFile = ExtendedAttributes.of(file);
            byte[] value = bytes("\0\u00FF value");
            byName.set(ATTRIBUTE, value, ExtendedAttributes.CREATE);
            assertThat(byFile.get(ATTRIBUTE)).hasValue(value);
            byFile.set(bytes("user.b"), new byte[0], ExtendedAttributes.SET);
            assertThat(byName.get(bytes("user.b"))).hasValue(new byte[0]);
            assertThat(own(byName)).containsExactlyInAnyOrder("user.sluice.\u00E4", "user.b");
            assertThat(own(byFile)).containsExactlyInAnyOrderElementsOf(own(byName));
            assertThat(byFile.remove(bytes("user.b"))).isTrue();
            assertThat(byName.remove(bytes("user.b"))).isFalse();
            assertThat(own(byName)).containsExactly("user.sluice.\u00E4");
        }
    }

    @Test
    void flagsDecideOnTheOneThatExists() throws IOException {
        ExtendedAttributes attributes = ExtendedAttributes.of(directory, bytes("."));
        Failure.of(Errno.ENODATA, () -> attributes.set(ATTRIBUTE, new byte[1], ExtendedAttributes.REPLACE));
        attributes.set(ATTRIBUTE, new byte[1], ExtendedAttributes.CREATE);
        Failure.of(Errno.EEXIST, () -> attributes.set(ATTRIBUTE, new byte[2], ExtendedAttributes.CREATE));
        attributes.set(ATTRIBUTE, new byte[3], ExtendedAttributes.REPLACE);
        assertThat(attributes.get(ATTRIBUTE)).hasValue(new byte[3]);
        assertThat(attributes.get(bytes("user.none"))).isEmpty();
    }

    /** The target has the attribute: a followed link would show it. */
    @Test
    void symlinkIsNotFollowed() throws IOException {
        ExtendedAttributes.of(directory, bytes("file\u00FF")).set(ATTRIBUTE, new byte[1], ExtendedAttributes.SET);
        directory.symlink(bytes("file\u00FF"), bytes("link"));
        ExtendedAttributes link = ExtendedAttributes.of(directory, bytes("link"));
        assertThat(own(link)).isEmpty();
        Failure.of(Errno.EPERM, () -> link.set(ATTRIBUTE, new byte[1], ExtendedAttributes.SET));
    }

    /** Values and lists of names that are longer than the buffer they are first tried with. */
    @Test
    void longValuesAndManyNamesComeWhole() throws IOException {
        ExtendedAttributes attributes = ExtendedAttributes.of(directory, bytes("file\u00FF"));
        byte[] value = "x".repeat(30_000).getBytes(StandardCharsets.ISO_8859_1);
        try {
            attributes.set(ATTRIBUTE, value, ExtendedAttributes.SET);
            for (int i = 0; i < 100; i++) {
                attributes.set(bytes("user." + "n".repeat(80) + i), new byte[0], ExtendedAttributes.SET);
            }
        } catch (SystemCallException e) {
            Assumptions.assumeTrue(e.errno() != Errno.ENOSPC, "left out: " + root + " has little room for attributes");
            throw e;
        }
        assertThat(attributes.get(ATTRIBUTE)).hasValue(value);
        assertThat(own(attributes)).hasSize(101);
    }

    /** A place gives no right to the content, but its attributes are those of what it stands for. */
    @Test
    void placeShowsWhatItStandsFor() throws IOException {
        ExtendedAttributes.of(directory, bytes("file\u00FF")).set(ATTRIBUTE, new byte[1], ExtendedAttributes.SET);
        directory.symlink(bytes("file\u00FF"), bytes("link"));
        try (OpenFile place = directory.openFile(bytes("link"), OpenFlags.PATH, 0, Resolve.BENEATH)) {
            ExtendedAttributes attributes = ExtendedAttributes.ofPlace(place);
            assertThat(attributes.get(ATTRIBUTE)).hasValue(new byte[1]);
            assertThat(attributes.remove(ATTRIBUTE)).isTrue();
        }
        assertThat(own(ExtendedAttributes.of(directory, bytes("file\u00FF")))).isEmpty();
    }

    private static List<String> own(ExtendedAttributes attributes) throws IOException {
        return attributes.names().stream()
                .map(name -> new String(name, StandardCharsets.ISO_8859_1))
                .filter(name -> name.startsWith("user."))
                .toList();
    }
}
