package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.PasswordSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mirror for a source, and one for a replica; whoever was killed keeps nobody out, and nothing is left behind. */
class MirrorLocksTest {
    @TempDir
    private Path directory;

    private Path locks() throws IOException {
        return Files.createDirectories(directory.resolve("locks"));
    }

    private MirrorLocks take(String source, String... replicas) throws IOException {
        Path path = Files.createDirectories(directory.resolve(source));
        List<Replica> places = Stream.of(replicas)
                .map(replica -> Replica.of(replica, PasswordSource.of("")))
                .toList();
        return MirrorLocks.take(locks(), MirrorConfiguration.of(path, places));
    }

    @Test
    void aSourceHasOneMirror() throws IOException {
        try (MirrorLocks first = take("site", "rsync://web1/www")) {
            Files.createSymbolicLink(directory.resolve("link"), directory.resolve("site"));
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> take("link", "rsync://web2/www"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("source: " + directory.toRealPath().resolve("site"))
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aReplicaHasOneMirror() throws IOException {
        try (MirrorLocks first = take("site", "rsync://web1/www", "rsync://web2/www")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> take("other", "rsync://web3/www", "me@WEB2::www/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("replica: rsync://web2:873/www (expected: one mirror; process ");
            take("other", "rsync://web3/www").close(); // what the refused one had taken is free again
        }
    }

    @Test
    void whatHasEndedKeepsNobodyOut() throws IOException {
        take("site", "rsync://web1/www").close();
        try (Stream<Path> left = Files.list(locks())) {
            assertThat(left).isEmpty();
        }
        take("site", "rsync://web1/www").close();
    }

    /** As a process leaves them that was killed: files without locks. */
    @Test
    void filesOfTheKilledKeepNobodyOut() throws IOException {
        try (MirrorLocks first = take("site", "rsync://web1/www");
                Stream<Path> files = Files.list(locks())) {
            assertThat(first).isNotNull();
            Path copies = Files.createDirectories(directory.resolve("copies"));
            for (Path file : files.toList()) {
                Files.copy(file, copies.resolve(file.getFileName()));
            }
        }
        Files.delete(locks());
        Files.move(directory.resolve("copies"), directory.resolve("locks"));
        take("site", "rsync://web1/www").close();
    }

    @Test
    void theDirectoryIsTheUsersOwn() throws IOException {
        Path made = LockDirectory.of(Map.of("XDG_RUNTIME_DIR", directory.toString()));
        assertThat(made).isEqualTo(directory.resolve("sluice"));
        assertThat(Files.getPosixFilePermissions(made)).hasSize(3);
        assertThat(LockDirectory.of(Map.of("XDG_RUNTIME_DIR", directory.toString())))
                .isEqualTo(made);
    }
}
