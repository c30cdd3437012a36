package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules over a tree with merge files in it, as both programs understand them: what would be transferred and deleted is the same. Each case is one where
 * the two once differed.
 */
@NeedsRsync
class FilterIT {
    @TempDir
    private Path directory;

    @BeforeEach
    void makeTrees() throws Exception {
        for (String file : List.of("s/a/f", "s/b/c/q", "s/b/x.o", "s/foo/x.c", "d/a/old", "d/b/old", "d/foo/old")) {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.writeString(directory.resolve(file), file);
        }
        Files.writeString(directory.resolve("s/.cvsignore"), "a\n");
        Files.writeString(directory.resolve("s/.rules"), "- a\n");
        Files.writeString(directory.resolve("s/b/.rules"), "- c\n");
        Files.writeString(directory.resolve("s/b/.own"), "- x.c\n");
        Files.writeString(directory.resolve("list"), "b/x.o\nfoo\na/f\nfoo/\n");
        Files.writeString(directory.resolve("words"), "-_a +_b\n");
        LongAgo.set(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-C s/a",
                "-C s/a s/b/",
                "--filter=:_.rules s/a",
                "--filter=:_/.rules s/a",
                "-R --filter=:_.rules s/./a",
                "-R --filter=:_.rules s/a",
                "-R --no-i-r --filter=:_.rules s/a",
                "--filter=:_.rules s/ s/a",
                "--no-i-r --filter=:_.rules s/ s/a",
                "--filter=:_.rules s/a/f s/a",
                "--filter=-/_/foo s/",
                "--filter=-/_@HERE@/s/foo s/",
                "--delete --filter=P/_/foo/old s/",
                "--delete --filter=P/_@HERE@/d/foo/old s/",
                "--delete --filter=.w_words s/",
                "--exclude-from=s s/",
                "--files-from=list --filter=:_.own s/",
                "--no-i-r --files-from=list --filter=:_.own s/",
                "-m --files-from=list --filter=:n_.own s/"
            })
    void bothChooseTheSame(String words) throws Exception {
        String[] arguments =
                ("-rin " + words.replace("@HERE@", directory.toRealPath().toString()) + " d/").split(" ", -1);
        Program.Run expected = Program.RSYNC.run(directory, arguments);
        Program.Run actual = Program.SLUICE.run(directory, arguments);
        assertThat(expected.exitCode()).as(expected.err()).isZero();
        assertThat(expected.lines()).isNotEmpty();
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
        assertThat(actual.exitCode()).as(actual.err()).isZero();
    }

    /** A file of words is split at every space, so none can stand within a rule. */
    @ParameterizedTest
    @ValueSource(strings = {"--filter=.w_spaced", "--filter=:w_.spaced"})
    void aSpaceEndsARuleInAFileOfWords(String filter) throws Exception {
        Files.writeString(directory.resolve("spaced"), "- a\n");
        Files.writeString(directory.resolve("s/.spaced"), "- a\n");
        for (Program program : Program.values()) {
            Program.Run run = program.run(directory, "-rin", filter, "s/", "d/");
            assertThat(run.exitCode()).as(program + run.err()).isEqualTo(1);
            assertThat(run.err()).contains("unexpected end of filter rule: <rule from ");
        }
    }
}
