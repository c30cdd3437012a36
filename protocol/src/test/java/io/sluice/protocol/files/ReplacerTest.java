package io.sluice.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.Errno;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What replaces a name does so atomically, and leaves nothing behind. */
class ReplacerTest extends BaitedTree {
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

    @Test
    void aLinkFromAnotherTreeLeavesNothingEither() throws IOException {
        TreePath file = new TreePath(rooted, bytes("in/file"));
        confined.replacing().hardLinkFrom(file, bytes("other"));
        confined.replacing().hardLinkFrom(file, bytes("other")); // as above: the name that was to replace it remains
        assertThat(read(confined, "other")).isEqualTo("inside");
        try (var names = Files.list(root)) {
            assertThat(names.filter(name -> name.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }
}
