package io.sluice.protocol.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the operator's own paths lead to, and trees whose links lead anywhere. */
class OperatorTreeTest extends BaitedTree {
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
}
