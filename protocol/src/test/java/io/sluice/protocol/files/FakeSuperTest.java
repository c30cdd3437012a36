package io.sluice.protocol.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tree keeps beside its files, seen through it and past it; the text is what rsync 3.5.0 keeps. */
class FakeSuperTest {
    private static final byte[] NAME = {'n'};
    private static final String ATTRIBUTE = "user:rsync.%stat";

    @TempDir
    Path directory;

    private FileTree faking;
    private final FileStatus status = new FileStatus();

    @BeforeEach
    void open() throws IOException {
        boolean supported = Files.getFileStore(directory).supportsFileAttributeView("user");
        Assumptions.assumeTrue(supported, "left out: " + directory + " holds no extended attributes");
        try (FileTree plain = FileTree.open(directory.toString().getBytes(ISO_8859_1), TreePolicy.CONFINED)) {
            faking = plain.handling(new FileHandling(true, false, false));
        }
    }

    @AfterEach
    void close() throws IOException {
        faking.close();
    }

    private String kept() throws IOException {
        return faking.metadata()
                .withAttributes(NAME, file -> file.get(FakeStatus.ATTRIBUTE))
                .map(value -> new String(value, ISO_8859_1))
                .orElse("");
    }

    /** A device is an empty file with its numbers beside it; nobody needs a privilege for that. */
    @Test
    void deviceIsAPlainFileThatTellsWhatItStandsFor() throws IOException {
        faking.replacing().node(NAME, FileMode.BLOCK_DEVICE | 0640, 7, 300);
        assertThat(Files.isRegularFile(directory.resolve("n"))).isTrue();
        faking.metadata().keepFake(NAME, new FakeStatus(FileMode.BLOCK_DEVICE | 0640, 7, 300, 12, 34));
        assertThat(kept()).isEqualTo("60640 7,300 12:34");
        assertThat(faking.status(NAME, status)).isTrue();
        assertThat(status.isDevice()).isTrue();
        assertThat(status.permissions()).isEqualTo(0640);
        assertThat(status.rdevMajor()).isEqualTo(7);
        assertThat(status.rdevMinor()).isEqualTo(300);
        assertThat(status.uid()).isEqualTo(12);
        assertThat(status.gid()).isEqualTo(34);
    }

    @Test
    void symlinkIsAFileWithItsTarget() throws IOException {
        byte[] target = "else/where".getBytes(ISO_8859_1);
        faking.replacing().symlink(target, NAME);
        faking.metadata().keepFake(NAME, new FakeStatus(FileMode.SYMLINK | 0777, 0, 0, 1, 2));
        assertThat(Files.isRegularFile(directory.resolve("n"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(faking.status(NAME, status)).isTrue();
        assertThat(status.isSymlink()).isTrue();
        assertThat(faking.linkTargets().onDisk(NAME)).isEqualTo(target);
    }

    /** Special bits are kept, never set; and its owner can always work with the file. */
    @Test
    void permissionsAreTamed() throws IOException {
        Files.createFile(directory.resolve("n"));
        try (OpenFile file = faking.openForUpdate(NAME, 0)) {
            file.status(status);
            faking.metadata()
                    .keepFake(file, new FakeStatus(FileMode.REGULAR | 04150, 0, 0, status.uid(), status.gid()));
            file.status(status);
            assertThat(status.permissions()).isEqualTo(0750);
            faking.status(file, status);
            assertThat(status.permissions()).isEqualTo(04150);
        }
    }

    /** Nothing is kept of a file that is what it should be; what was kept is removed. */
    @Test
    void truthNeedsNoAttribute() throws IOException {
        Files.createFile(directory.resolve("n"));
        faking.metadata().keepFake(NAME, new FakeStatus(FileMode.REGULAR | 0600, 0, 0, 4321, 1));
        assertThat(kept()).isNotEmpty();
        try (OpenFile file = faking.openForReading(NAME)) {
            file.status(status);
        }
        faking.metadata().keepFake(NAME, new FakeStatus(FileMode.REGULAR | 0600, 0, 0, status.uid(), status.gid()));
        assertThat(kept()).isEmpty();
    }

    /** An attribute that anybody may have set can make no directory of a file, nor a file of a directory. */
    @Test
    void directoryStaysADirectory() throws IOException {
        Files.createDirectory(directory.resolve("n"));
        Files.setAttribute(directory.resolve("n"), ATTRIBUTE, "100644 0,0 1:1".getBytes(ISO_8859_1));
        assertThat(faking.status(NAME, status)).isTrue();
        assertThat(status.isDirectory()).isTrue();
        Files.createFile(directory.resolve("f"));
        Files.setAttribute(directory.resolve("f"), ATTRIBUTE, "40755 0,0 1:1".getBytes(ISO_8859_1));
        assertThat(faking.status(new byte[] {'f'}, status)).isTrue();
        assertThat(status.isRegular()).isTrue();
    }

    @Test
    void onlyTheFormIsUnderstood() {
        assertThat(FakeStatus.parse("100644 0,0 1:2".getBytes(ISO_8859_1)))
                .isEqualTo(Optional.of(new FakeStatus(0100644, 0, 0, 1, 2)));
        for (String text : new String[] {"", "100644", "100648 0,0 1:2", "100644 0,0 1", "x 0,0 1:2"}) {
            assertThat(FakeStatus.parse(text.getBytes(ISO_8859_1))).as(text).isEmpty();
        }
    }

    /** Links are not followed: the bait outside has no attribute afterwards. */
    @Test
    void attributesStayInTheTree() throws IOException {
        Path bait = Files.createFile(directory.resolveSibling(directory.getFileName() + "-bait"));
        Files.createSymbolicLink(directory.resolve("n"), bait);
        try {
            faking.metadata().withAttributes(NAME, file -> {
                file.set("user.x".getBytes(ISO_8859_1), new byte[1], ExtendedAttributes.SET);
                return NAME;
            });
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("setxattr");
        }
        assertThat(Files.getAttribute(bait, "size")).isEqualTo(0L);
        assertThat(Files.getFileAttributeView(bait, java.nio.file.attribute.UserDefinedFileAttributeView.class)
                        .list())
                .isEmpty();
        Files.delete(bait);
    }
}
