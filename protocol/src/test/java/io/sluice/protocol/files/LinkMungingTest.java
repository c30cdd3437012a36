package io.sluice.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk is read past the tree, so that munging and its undoing cannot hide each other's faults. */
class LinkMungingTest {
    @TempDir
    Path directory;

    @Test
    void writesTargetsThatLeadNowhereAndReadsThemAsSent() throws IOException {
        try (FileTree plain = open();
                FileTree tree = plain.munging(LinkMunging.RECEIVING);
                FileTree view = tree.view()) {
            view.replacing().symlink(bytes("target"), bytes("link"));
            assertThat(Files.readSymbolicLink(directory.resolve("link"))).isEqualTo(Path.of("/rsyncd-munged/target"));
            assertThat(view.linkTargets().told(bytes("link"))).isEqualTo(bytes("target"));
            assertThat(plain.linkTargets().told(bytes("link"))).isEqualTo(bytes("/rsyncd-munged/target"));
        }
    }

    /** A link that somebody made on disk is usable: it is no copy of a link that a client sent. */
    @Test
    void takesNoUsableLinkForAReceivedOne() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        try (FileTree plain = open();
                FileTree receiving = plain.munging(LinkMunging.RECEIVING);
                FileTree sending = plain.munging(LinkMunging.SENDING)) {
            assertThat(receiving.linkTargets().told(bytes("link"))).isNotEqualTo(bytes("target"));
            assertThat(sending.linkTargets().told(bytes("link"))).isEqualTo(bytes("target"));
        }
    }

    @Test
    void keepsItInTheTreesMadeOfATree() throws IOException {
        Files.createDirectory(directory.resolve("sub"));
        try (FileTree plain = open();
                FileTree sending = plain.munging(LinkMunging.SENDING);
                FileTree sub = sending.subtree(bytes("sub"))) {
            Files.createSymbolicLink(directory.resolve("sub/link"), Path.of("/rsyncd-munged/target"));
            assertThat(sub.linkTargets().told(bytes("link"))).isEqualTo(bytes("target"));
            assertThat(sub.linkTargets().onDisk(bytes("link"))).isEqualTo(bytes("/rsyncd-munged/target"));
        }
    }

    private FileTree open() throws IOException {
        return FileTree.open(bytes(directory.toString()), TreePolicy.CONFINED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
