package io.sluice.daemon.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link that is followed leads to content that is nowhere else; one that is not would lead there too. */
class OperatorFileTest {
    private static final int STRANGER = 12_345;
    private static final int ATTEMPTS = 20_000;

    @TempDir
    Path directory;

    @BeforeEach
    void writeFile() throws IOException {
        Files.createDirectories(directory.resolve("real/inner"));
        Files.writeString(directory.resolve("real/inner/file"), "content");
    }

    @Test
    void readsThroughOwnLinksOfAnyKind() throws IOException {
        link("relative", "real/../real/inner");
        link("absolute", directory.resolve("relative").toString());
        link("last", "absolute/file");
        link("real/again", "inner/file");
        for (String path : new String[] {"real/inner/file", "relative/file", "absolute/file", "last", "real//again"}) {
            assertThat(read(path)).as(path).isEqualTo("content");
        }
    }

    @Test
    void refusesLinksOfOthersAnywhereOnTheWay() throws IOException {
        assumeTrue(Identity.currentUser() == 0, "only root can give files away");
        link("middle", "real/inner");
        link("last", "real/inner/file");
        for (String path : new String[] {"middle", "last"}) {
            Files.setAttribute(directory.resolve(path), "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);
        }
        for (String path : new String[] {"middle/file", "last"}) {
            assertThatThrownBy(() -> read(path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
        }
    }

    /** A stranger who may write to the directory exchanges root's link and his own all the time: what is read is never what his leads to. */
    @Test
    void followsTheVeryLinkWhoseOwnerItLookedAt() throws Exception {
        assumeTrue(Identity.currentUser() == 0, "only root can give files away");
        Files.writeString(directory.resolve("secret"), "secret");
        link("good", "real/inner/file");
        link("evil", "secret");
        Files.setAttribute(directory.resolve("evil"), "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);
        AtomicBoolean over = new AtomicBoolean();
        Thread stranger = Thread.ofPlatform().start(() -> exchange("good", "evil", over));
        int read = 0;
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                try {
                    assertThat(read("good")).isEqualTo("content");
                    read++;
                } catch (SystemCallException e) {
                    assertThat(e.errno()).isEqualTo(Errno.ELOOP);
                }
            }
        } finally {
            over.set(true);
            stranger.join();
        }
        assertThat(read).as("attempts that met root's link").isBetween(1, ATTEMPTS - 1);
    }

    private void exchange(String one, String other, AtomicBoolean over) {
        byte[] first = one.getBytes(StandardCharsets.US_ASCII);
        byte[] second = other.getBytes(StandardCharsets.US_ASCII);
        try (DirectoryHandle here = DirectoryHandle.open(directory.toString().getBytes(StandardCharsets.UTF_8))) {
            while (!over.get()) {
                here.rename(first, here, second, DirectoryHandle.RENAME_EXCHANGE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void endsInALoopOfLinks() throws IOException {
        link("a", "b");
        link("b", "a");
        assertThatThrownBy(() -> read("a")).isInstanceOf(SystemCallException.class);
    }

    @Test
    void createsWhereALinkLeads() throws IOException {
        link("log", "real/new");
        try (OpenFile file =
                OperatorFile.open(directory.resolve("log").toString(), OpenFlags.WRITE_ONLY | OpenFlags.CREATE, 0600)) {
            file.write("x".getBytes(StandardCharsets.US_ASCII), 0, 1);
        }
        assertThat(directory.resolve("real/new")).hasContent("x");
    }

    @Test
    void refusesMoreThanTheLimit() {
        String path = directory.resolve("real/inner/file").toString();
        assertThatThrownBy(() -> OperatorFile.read(path, 6)).hasMessage(path + ": 7 bytes (expected: <= 6)");
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(directory.resolve(name), Path.of(target));
    }

    private String read(String path) throws IOException {
        return new String(OperatorFile.read(directory + "/" + path, 100), StandardCharsets.US_ASCII);
    }
}
