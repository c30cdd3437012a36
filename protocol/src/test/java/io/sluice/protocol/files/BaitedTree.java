package io.sluice.protocol.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees with a bait outside the root, readable and writable for us, so that only the tree's own rules can keep a test from reaching it; after each test it is
 * as it was.
 */
abstract class BaitedTree {
    @TempDir
    Path directory;

    Path root;
    private Path bait;
    FileTree confined;
    FileTree rooted;

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

    @AfterEach
    void baitIsUntouched() throws IOException {
        confined.close();
        rooted.close();
        assertThat(bait).hasContent("bait");
        try (var names = Files.list(bait.getParent())) {
            assertThat(names).containsExactly(bait);
        }
    }

    static String read(FileTree tree, String path) throws IOException {
        byte[] content = new byte[64];
        try (OpenFile file = tree.openForReading(bytes(path))) {
            int count = file.read(content, 0, content.length);
            return new String(content, 0, count, ISO_8859_1);
        }
    }

    static void assertFailsWith(int errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SystemCallException.class,
                        e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno));
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
