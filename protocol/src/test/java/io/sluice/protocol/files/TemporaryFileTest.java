package io.sluice.protocol.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.Errno;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where temporary files appear, and what is left of them. */
class TemporaryFileTest extends BaitedTree {
    @Test
    void temporaryFileAppearsUnderItsNameOnlyWhenCommitted() throws IOException {
        try (TemporaryFile temporary = confined.createTemporary(bytes("in/new"))) {
            temporary.file().write(bytes("whole"), 0, 5);
            assertThat(new String(temporary.path(), ISO_8859_1)).matches("in/\\.new\\.[A-Za-z0-9]{6}");
            assertThat(root.resolve("in/new")).doesNotExist();
            temporary.commit(bytes("in/new"));
            assertThat(root.resolve("in/new")).hasContent("whole");
        }
        assertThat(root.resolve("in")).isDirectoryNotContaining("glob:**/.new.*");
    }

    @Test
    void temporaryFileGoesWhenItIsNotCommittedWhateverHappenedToItsDirectory() throws IOException {
        TemporaryFile temporary = confined.createTemporary(bytes("in/new"));
        confined.rename(bytes("in"), bytes("moved"));
        temporary.close();
        try (var names = Files.list(root.resolve("moved"))) {
            assertThat(names).containsExactly(root.resolve("moved/file"));
        }
    }

    @Test
    void temporaryFileCanBeCommittedToAnotherDirectory() throws IOException {
        try (TemporaryFile temporary = confined.createTemporary(bytes("in/new"))) {
            temporary.file().write(bytes("x"), 0, 1);
            temporary.commit(bytes("other"));
        }
        assertThat(root.resolve("other")).hasContent("x");
        try (var names = Files.list(root.resolve("in"))) {
            assertThat(names).containsExactly(root.resolve("in/file"));
        }
    }

    /** A temporary file of another directory has no dot before its name, and its commit brings it home. */
    @Test
    void temporaryFileOfAnotherDirectoryComesHome() throws IOException {
        Path other = Files.createDirectories(directory.resolve("other"));
        try (FileTree second = FileTree.open(bytes(other.toString()), TreePolicy.CONFINED);
                TemporaryFile file = confined.createTemporary(bytes("in/new"), new TreePath(second, bytes("")))) {
            assertThat(new String(file.path(), ISO_8859_1)).matches("new\\.[A-Za-z0-9]{6}");
            assertThat(other.resolve(new String(file.path(), ISO_8859_1))).exists();
            file.commit(new TreePath(confined, bytes("in/new")));
        }
        assertThat(root.resolve("in/new")).exists();
        assertThat(other).isEmptyDirectory();
    }

    /** Neither the directory that a peer names for temporary files nor what has become of the file's own while it was written leads out. */
    @Test
    void temporaryFilesNeitherComeFromOutsideNorGoThere() throws IOException {
        TreePath outside = new TreePath(confined, bytes("escape"));
        assertFailsWith(Errno.EXDEV, () -> confined.createTemporary(bytes("in/new"), outside));
        assertFailsWith(Errno.EXDEV, () -> confined.createTemporary(bytes("escape/new")));
        try (TemporaryFile temporary = confined.createTemporary(bytes("in/new"))) {
            assertFailsWith(Errno.EXDEV, () -> temporary.commit(bytes("escape/bait")));
            assertFailsWith(Errno.EXDEV, () -> temporary.commit(new TreePath(confined, bytes("climb/bait"))));
        }
        try (var names = Files.list(root.resolve("in"))) {
            assertThat(names).containsExactly(root.resolve("in/file"));
        }
    }

    @Test
    void temporaryNamesFitHoweverLongTheNameIs() {
        byte[] longest = "é".repeat(127).getBytes(StandardCharsets.UTF_8);
        byte[] candidate = TemporaryNames.candidate(longest);
        assertThat(candidate.length).isLessThanOrEqualTo(255);
        // Cut between characters: the bytes before the last dot are whole two-byte sequences after the leading dot.
        assertThat((candidate.length - 1 - 7) % 2).isZero();
        assertThat(new String(TemporaryNames.candidate(bytes(".hidden")), ISO_8859_1))
                .startsWith(".hidden.");
    }
}
