package io.sluice.protocol.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.DirectoryReader;
import io.sluice.linux.Errno;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tree may touch; each refusal is checked by its errno. */
class FileTreeTest extends BaitedTree {
    /** Between trees only what lies in both may be touched: a link that leads out of the second one is refused as in a tree of its own. */
    @Test
    void movesAndLinksIntoAnotherTree() throws IOException {
        Path other = Files.createDirectories(directory.resolve("other/sub"));
        Files.createSymbolicLink(directory.resolve("other/escape"), directory.resolve("out"));
        try (FileTree second = FileTree.open(bytes(directory.resolve("other").toString()), TreePolicy.CONFINED)) {
            confined.link(bytes("in/file"), new TreePath(second, bytes("sub/linked")));
            assertThat(other.resolve("linked")).hasContent("inside");
            assertThatThrownBy(() -> confined.link(bytes("in/file"), new TreePath(second, bytes("sub/linked"))))
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
            second.replacing().hardLinkFrom(new TreePath(confined, bytes("in/file")), bytes("sub/linked"));
            confined.rename(bytes("in/file"), new TreePath(second, bytes("sub/moved")));
            assertThat(other.resolve("moved")).hasContent("inside");
            assertThat(root.resolve("in/file")).doesNotExist();
            assertThatThrownBy(() -> second.rename(bytes("sub/moved"), new TreePath(second, bytes("escape/moved"))))
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"escape/bait", "climb/bait", "in/../../out/bait", "../out/bait"})
    void confinedTreeNeverLeavesItsRoot(String path) {
        byte[] name = bytes(path);
        assertFailsWith(Errno.EXDEV, () -> confined.openForReading(name));
        assertFailsWith(Errno.EXDEV, () -> confined.openForUpdate(name, 0644));
        assertFailsWith(Errno.EXDEV, () -> confined.status(name, new FileStatus()));
        assertFailsWith(Errno.EXDEV, () -> confined.removeFile(name));
        assertFailsWith(Errno.EXDEV, () -> confined.metadata().changeMode(name, 0));
        assertFailsWith(Errno.EXDEV, () -> confined.metadata().changeOwner(name, 1, 1));
        assertFailsWith(Errno.EXDEV, () -> confined.metadata().setModificationTime(name, 0, 0));
        assertFailsWith(Errno.EXDEV, () -> confined.makeDirectory(bytes(path + "d"), 0755));
        assertFailsWith(Errno.EXDEV, () -> confined.replacing().symlink(bytes("x"), bytes(path + "l")));
        assertFailsWith(Errno.EXDEV, () -> confined.rename(bytes("in/file"), name));
        assertFailsWith(Errno.EXDEV, () -> confined.createTemporary(name));
    }

    @Test
    void dotDotAsTheLastComponentIsNoWayOut() {
        assertFailsWith(Errno.EXDEV, () -> confined.list(bytes("..")));
        assertFailsWith(Errno.EXDEV, () -> confined.subtree(bytes("in/../..")));
        assertFailsWith(Errno.EXDEV, () -> confined.status(bytes(".."), new FileStatus()));
    }

    @Test
    void linksThatStayBeneathTheRootAreFollowedOnTheWay() throws IOException {
        assertThat(read(confined, "within/file")).isEqualTo("inside");
        assertFailsWith(Errno.EXDEV, () -> confined.openForReading(bytes("slash/file")));
        assertThat(read(rooted, "slash/file")).isEqualTo("inside");
        assertThat(read(rooted, "/in/../../../in/file")).isEqualTo("inside");
    }

    @Test
    void rootedTreeTakesTheRootForSlash() throws IOException {
        FileStatus status = new FileStatus();
        assertThat(rooted.status(bytes("climb/bait"), status)).isFalse();
        assertThat(rooted.statusFollowing(bytes("slash"), status)).isTrue();
        assertThat(status.isDirectory()).isTrue();
    }

    /** That there is a directory is all that is told of what lies outside; in a rooted tree nothing does. */
    @Test
    void seesWhetherALinkLeadsToADirectoryAnywhere() throws IOException {
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("../missing"));
        Files.createSymbolicLink(root.resolve("file"), Path.of("../out/bait"));
        assertThat(confined.leadsToDirectoryAnywhere(bytes("climb"))).isTrue();
        assertThat(confined.leadsToDirectoryAnywhere(bytes("escape"))).isTrue();
        assertThat(confined.leadsToDirectoryAnywhere(bytes("nowhere"))).isFalse();
        assertThat(confined.leadsToDirectoryAnywhere(bytes("file"))).isFalse();
        assertThat(rooted.leadsToDirectoryAnywhere(bytes("climb"))).isFalse();
        assertThat(rooted.leadsToDirectoryAnywhere(bytes("within"))).isTrue();
    }

    @Test
    void lastComponentIsNotFollowed() throws IOException {
        FileStatus status = new FileStatus();
        assertThat(confined.status(bytes("within"), status)).isTrue();
        assertThat(status.isSymlink()).isTrue();
        assertThat(confined.linkTargets().onDisk(bytes("within"))).isEqualTo(bytes("in"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("in/file"));
        assertFailsWith(Errno.ELOOP, () -> confined.openForReading(bytes("link")));
        assertFailsWith(Errno.ELOOP, () -> confined.list(bytes("within")));
    }

    @Test
    void opensOnlyRegularFiles() throws IOException {
        confined.replacing().node(bytes("fifo"), FileMode.FIFO | 0600, 0, 0);
        // A fifo without a writer would block an ordinary open: that this returns is half of the test.
        assertFailsWith(Errno.EINVAL, () -> confined.openForReading(bytes("fifo")));
        assertFailsWith(Errno.EINVAL, () -> confined.openForReading(bytes("in")));
    }

    @Test
    void namesAreAnyBytes() throws IOException {
        byte[] name = {'a', '\n', (byte) 0xFF, ' ', (byte) 0xC3};
        try (OpenFile file = confined.openForUpdate(name, 0644)) {
            file.write(bytes("x"), 0, 1);
        }
        List<String> names = new ArrayList<>();
        try (DirectoryReader reader = confined.list(Paths.EMPTY)) {
            while (reader.next()) {
                names.add(new String(reader.name(), ISO_8859_1));
            }
        }
        assertThat(names).contains(new String(name, ISO_8859_1));
        confined.removeFile(name);
        assertThat(confined.status(name, new FileStatus())).isFalse();
    }

    @Test
    void missingNamesAndParentsAreFalseNotErrors() throws IOException {
        FileStatus status = new FileStatus();
        assertThat(confined.status(bytes("no"), status)).isFalse();
        assertThat(confined.status(bytes("no/where"), status)).isFalse();
        assertThat(confined.status(bytes("in/file/below"), status)).isFalse();
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nothing"));
        assertThat(confined.statusFollowing(bytes("dangling"), status)).isFalse();
    }

    @Test
    void directoryIsReachedThroughALinkToIt() throws IOException {
        Files.createSymbolicLink(root.resolve("alias"), Path.of("in"));
        FileStatus status = new FileStatus();
        assertThat(confined.status(FileTree.throughLink(bytes("alias")), status))
                .isTrue();
        assertThat(status.isDirectory()).isTrue();
        confined.metadata().changeMode(FileTree.throughLink(bytes("alias")), 0711);
        assertThat(confined.status(bytes("in"), status)).isTrue();
        assertThat(status.permissions()).isEqualTo(0711);
    }

    @Test
    void parentThatWasReplacedIsFoundAgain() throws IOException {
        assertThat(read(confined, "in/file")).isEqualTo("inside");
        confined.rename(bytes("in"), bytes("old"));
        confined.makeDirectory(bytes("in"), 0755);
        assertThat(confined.status(bytes("in/file"), new FileStatus())).isFalse();
        assertThat(read(confined, "old/file")).isEqualTo("inside");
    }

    @ParameterizedTest
    @EnumSource(
            value = TreePolicy.class,
            names = {"CONFINED", "ROOTED"})
    void subtreeStaysConfinedToTheWholeTree(TreePolicy policy) throws IOException {
        Files.createSymbolicLink(root.resolve("in/sibling"), Path.of("../within"));
        Files.createSymbolicLink(root.resolve("in/out"), Path.of("../../out"));
        try (FileTree tree = FileTree.open(bytes(root.toString()), policy);
                FileTree sub = tree.subtree(bytes("within/"))) {
            assertThat(read(sub, "file")).isEqualTo("inside");
            assertThat(read(sub, "sibling/file")).isEqualTo("inside");
            assertThatThrownBy(() -> sub.openForReading(bytes("out/bait"))).isInstanceOf(SystemCallException.class);
        }
    }
}
