package io.sluice.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PasswordSource;
import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is there, and one that is not. */
class SourceCheckTest {
    @TempDir
    private Path directory;

    /** One directory has it. */
    private static final FanotifyTrial FANOTIFY =
            source -> source.endsWith("marked") ? Optional.empty() : Optional.of("not permitted");

    private SourceCheck check(Path source) {
        Replica replica = Replica.of("rsync://h/m/", PasswordSource.of(""));
        return new SourceCheck(new NamedMirror("www", MirrorConfiguration.of(source, List.of(replica))), FANOTIFY);
    }

    @Test
    void countsDirectoriesAndNoLinksToThem() throws IOException {
        Files.createDirectories(directory.resolve("a/b/c"));
        Files.createDirectories(directory.resolve("d"));
        Files.writeString(directory.resolve("a/file"), "text");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
        SourceCheck check = check(directory);
        List<Diagnosis> found = check.run();
        assertThat(check.directories()).isEqualTo(5);
        assertThat(found).extracting(Diagnosis::check).containsExactly("read", "watch", "disk");
        assertThat(found.get(0).text()).isEqualTo("5 directories, all of them readable");
        assertThat(found.get(1).text()).endsWith(": inotify, 5 watches; no fanotify: not permitted");
    }

    @Test
    void saysByWhichMeansItWillBeWatched() throws IOException {
        List<Diagnosis> found =
                check(Files.createDirectories(directory.resolve("marked"))).run();
        assertThat(found.get(1).text()).endsWith(": fanotify, one mark for the file system");
    }

    /** It may be a mount point before its mount. */
    @Test
    void warnsOfASourceThatIsEmpty() throws IOException {
        assertThat(check(directory).run())
                .filteredOn(one -> one.check().equals("content"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.verdict()).isEqualTo(Diagnosis.Verdict.WARNING);
                    assertThat(one.advice()).endsWith("RequiresMountsFor=" + directory);
                });
        Files.createDirectory(directory.resolve("d"));
        assertThat(check(directory).run()).noneMatch(one -> one.check().equals("content"));
    }

    @Test
    void saysThatASourceIsGone() {
        List<Diagnosis> found = check(directory.resolve("gone")).run();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().verdict()).isEqualTo(Diagnosis.Verdict.BAD);
    }
}
