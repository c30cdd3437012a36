package io.sluice.protocol.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.Errno;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a tree may touch. The bait lies outside the root, readable and writable for us, so that only the tree's own rules can keep a test from reaching
 * it; each refusal is checked by its errno and by the bait being unchanged.
 */
class FileTreeTest {
    @TempDir
    Path directory;

    private Path root;
    private Path bait;
    private FileTree confined;
    private FileTree rooted;

    @BeforeEach
    void openTrees() throws IOException {
        root = Files.createDirectories(directory.resolve("root"));
        Files.createDirectories(root.resolve("in"));
        Files.writeString(root.resolve("in/file"), "inside");
        bait = Files.createDirectories(directory.resolve("out")).resolve("bait");
        Files.writeString(bait, "bait");
        Files.createSymbolicLink(root.resolve("escape"), directory.resolve("out"));
        Files.createSymbolicLink(root.resolve("climb"), Path.of("../out"));
        Files.createSymbolicLink(root.resolve("within"), Path.of("in"));
        Files.createSymbolicLink(root.resolve("slash"), Path.of("/in"));
        confined = FileTree.open(bytes(root.toString()), TreePolicy.CONFINED);
        rooted = FileTree.open(bytes(root.toString()), TreePolicy.ROOTED);
    }

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

    @AfterEach
    void baitIsUntouched() throws IOException {
        confined.close();
        rooted.close();
        assertThat(bait).hasContent("bait");
        try (var names = Files.list(bait.getParent())) {
            assertThat(names).containsExactly(bait);
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

    /** A link that has come where a file was is what is set, or nothing is: what it leads to stays as it is, to its ctime. */
    @Test
    void whatIsSetIsNeverWhereALinkLeads() throws IOException {
        String all = "unix:mode,uid,gid,lastModifiedTime,lastAccessTime,ctime";
        Path file = root.resolve("in/file");
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("in/file"));
        Map<String, Object> before = Files.readAttributes(file, all);
        byte[] name = bytes("link");
        assertFailsWith(Errno.EOPNOTSUPP, () -> confined.metadata().changeMode(name, 0600));
        int other = Identity.effectiveUser() == 0 ? 1 : Identity.effectiveUser();
        confined.metadata().changeOwner(name, other, -1);
        confined.metadata().setTimes(name, 1, 0, 2, 0);
        assertThat(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toMillis())
                .isEqualTo(2000);
        confined.metadata().setModificationTime(name, 3, 0);
        assertThat(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toMillis())
                .isEqualTo(3000);
        assertThat(Files.getAttribute(link, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(other);
        assertThatThrownBy(() -> confined.metadata().withAttributes(name, attributes -> {
                    attributes.set(bytes("user.x"), name, ExtendedAttributes.SET);
                    return name;
                }))
                .isInstanceOf(SystemCallException.class);
        assertThat(Files.readAttributes(file, all)).isEqualTo(before);
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

    @Test
    void linkAndNodeReplaceAFileOfTheirNameAtomically() throws IOException {
        confined.replacing().symlink(bytes("target"), bytes("in/file"));
        assertThat(confined.linkTargets().onDisk(bytes("in/file"))).isEqualTo(bytes("target"));
        confined.replacing().node(bytes("in/file"), FileMode.FIFO | 0600, 0, 0);
        FileStatus status = new FileStatus();
        assertThat(confined.status(bytes("in/file"), status)).isTrue();
        assertThat(status.isFifo()).isTrue();
        try (var names = Files.list(root.resolve("in"))) {
            assertThat(names).hasSize(1);
        }
        assertFailsWith(Errno.EISDIR, () -> confined.replacing().symlink(bytes("x"), bytes("in")));
        try (var names = Files.list(root)) {
            assertThat(names.filter(name -> name.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void hardLinksReplaceAFileAtomicallyAndLeaveNothing() throws IOException {
        Files.writeString(root.resolve("other"), "other");
        confined.replacing().hardLink(bytes("in/file"), bytes("new"));
        confined.replacing().hardLink(bytes("in/file"), bytes("other"));
        confined.replacing()
                .hardLink(bytes("in/file"), bytes("other")); // a rename between names of one file does nothing
        assertThat(read(confined, "new")).isEqualTo("inside");
        assertThat(read(confined, "other")).isEqualTo("inside");
        FileStatus status = new FileStatus();
        assertThat(confined.status(bytes("in/file"), status)).isTrue();
        assertThat(status.linkCount()).isEqualTo(3);
        try (var names = Files.list(root)) {
            assertThat(names.filter(name -> name.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    /** Where the user lets links lead anywhere, that goes for what is read by name, not for what stays a link. */
    @Test
    void freedTreeFollowsLinksOutOfItself() throws IOException {
        Path outside = Files.createDirectory(root.resolveSibling("elsewhere"));
        Files.writeString(outside.resolve("file"), "outside");
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("leaf"), outside.resolve("file"));
        try (FileTree whole = FileTree.open(bytes(directory.toString()), TreePolicy.OPERATOR);
                FileTree free = whole.freeSubtree(bytes("root"));
                FileTree again = free.confined()) {
            assertThat(read(free, "out/file")).isEqualTo("outside");
            free.openForReadingFollowing(bytes("leaf")).close();
            assertFailsWith(Errno.ELOOP, () -> free.openForReading(bytes("leaf")));
            assertFailsWith(Errno.EXDEV, () -> again.openForReading(bytes("out/file")));
            assertFailsWith(Errno.EXDEV, () -> again.openForReadingFollowing(bytes("leaf")));
        }
    }

    @Test
    void operatorsPathsStayWithinTheConfineRoot() throws IOException {
        Path outside = Files.createDirectory(root.resolveSibling("elsewhere"));
        Files.writeString(outside.resolve("file"), "outside");
        Files.createSymbolicLink(root.resolve("out"), outside);
        try (FileTree whole = FileTree.open(bytes("/"), TreePolicy.OPERATOR);
                FileTree within = whole.within(bytes(root.toString()))) {
            assertThat(read(within, root.toString().substring(1) + "/in/file")).isEqualTo("inside");
            assertThat(read(whole, root.toString().substring(1) + "/out/file")).isEqualTo("outside");
            assertFailsWith(
                    Errno.EXDEV,
                    () -> within.openForReading(bytes(root.toString().substring(1) + "/out/file")));
        }
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

    @Test
    void operatorsPathMayLeadAnywhereButItsSubtreeIsConfined() throws IOException {
        try (FileTree operator = FileTree.open(bytes(root.toString()), TreePolicy.OPERATOR)) {
            assertThat(read(operator, "escape/bait")).isEqualTo("bait");
            assertThat(read(operator, directory + "/root/within/file")).isEqualTo("inside");
            try (FileTree sub = operator.subtree(bytes("within"))) {
                assertThat(read(sub, "file")).isEqualTo("inside");
                assertFailsWith(Errno.EXDEV, () -> sub.list(bytes("..")));
            }
        }
    }

    @Test
    void operatorsPathDoesNotFollowAStrangersLink() throws IOException {
        Assumptions.assumeTrue(Identity.effectiveUser() == 0, "only root can make a link of another user");
        Files.setAttribute(root.resolve("escape"), "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
        try (FileTree operator = FileTree.open(bytes(root.toString()), TreePolicy.OPERATOR)) {
            assertFailsWith(Errno.EACCES, () -> operator.openForReading(bytes("escape/bait")));
        }
    }

    /** As a shell's restricted wrapper names it: what the caller has open is meant, not what has taken the name that the kernel shows for it. */
    @Test
    void operatorsPathThroughAnOpenDirectoryStaysThere() throws IOException {
        Path pinned = Files.createDirectory(root.resolve("pinned"));
        try (DirectoryHandle open = DirectoryHandle.open(bytes(pinned.toString()))) {
            Files.delete(pinned);
            Path trap = Files.createDirectory(root.resolve("pinned (deleted)"));
            Files.writeString(trap.resolve("bait"), "bait");
            Path shown = Path.of("/proc/self/fd/" + open.fd());
            assertThat(Files.readSymbolicLink(shown)).isEqualTo(trap);
            try (FileTree operator = FileTree.open(bytes("/"), TreePolicy.OPERATOR);
                    FileTree sub = operator.subtree(bytes(shown.toString()))) {
                assertThat(sub.status(bytes("bait"), new FileStatus())).isFalse();
            }
        }
    }

    @Test
    void whatADirectoryThatCannotBeListedHoldsIsReached() throws IOException {
        Path hidden = root.resolve("in");
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("--x--x--x"));
        Files.setPosixFilePermissions(hidden.resolve("file"), PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Identity nobody = Identity.fileUser() == 0 ? Identity.assume(65534, 65534, new int[0]) : null;
        try (FileTree operator = FileTree.open(bytes("/"), TreePolicy.OPERATOR);
                FileTree sub = operator.subtree(bytes(hidden.toString()))) {
            assertFailsWith(Errno.EACCES, () -> sub.list(bytes("")));
            assertThat(read(sub, "file")).isEqualTo("inside");
        } finally {
            if (nobody != null) {
                nobody.close();
            }
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void filesThatAUserNamesAreReachedThroughLinksThatAreTrusted() throws IOException {
        Assumptions.assumeTrue(Identity.effectiveUser() == 0, "only root can make a link of another user");
        Path link = Files.createSymbolicLink(root.resolve("list"), Path.of("in/file"));
        try (FileTree operator = FileTree.open(bytes(root.toString()), TreePolicy.OPERATOR);
                FileTree free = operator.freed()) {
            assertThat(contentOf(operator.openStream(bytes("list")))).isEqualTo("inside");
            Files.setAttribute(link, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
            assertFailsWith(Errno.EACCES, () -> operator.openStream(bytes("list")));
            assertFailsWith(Errno.EACCES, () -> operator.openForAppending(bytes("list"), 0600));
            assertThat(contentOf(free.openStream(bytes("list")))).isEqualTo("inside");
            assertFailsWith(Errno.ELOOP, () -> confined.openStream(bytes("list")));
        }
    }

    private static String contentOf(OpenFile file) throws IOException {
        try (InputStream content = file.input()) {
            return new String(content.readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void timesKeepNanosecondsAndLeaveTheAccessTime() throws IOException {
        FileStatus before = new FileStatus();
        confined.status(bytes("in/file"), before);
        confined.metadata().setModificationTime(bytes("in/file"), 1_600_000_000L, 123_456_789);
        FileStatus after = new FileStatus();
        confined.status(bytes("in/file"), after);
        assertThat(after.mtimeSeconds()).isEqualTo(1_600_000_000L);
        assertThat(after.mtimeNanos()).isEqualTo(123_456_789);
        assertThat(after.atimeSeconds()).isEqualTo(before.atimeSeconds());
        assertThat(after.atimeNanos()).isEqualTo(before.atimeNanos());
    }

    private static String read(FileTree tree, String path) throws IOException {
        byte[] content = new byte[64];
        try (OpenFile file = tree.openForReading(bytes(path))) {
            int count = file.read(content, 0, content.length);
            return new String(content, 0, count, ISO_8859_1);
        }
    }

    private static void assertFailsWith(int errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SystemCallException.class,
                        e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
