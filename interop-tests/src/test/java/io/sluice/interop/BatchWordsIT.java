package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both programs say of batch files and of named directories, and with which codes: the same, but for where in the program it was said. */
class BatchWordsIT {
    @TempDir
    private Path directory;

    /** Upstream and Debian have words of their own for it. */
    private static final String NO_FILE = "is (not a regular file( or a FIFO)?|neither a regular file nor a FIFO)$";

    @BeforeEach
    void makeFiles() throws IOException {
        Path file = Files.createDirectories(directory.resolve("src")).resolve("f");
        Files.writeString(file, "content\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--read-batch=@none @dst/",
                "--read-batch=@src @dst/",
                "--read-batch=@src/f host:x",
                "--read-batch=@src/f @src/ rsync://host/x",
                "--read-batch=@none host:x",
                "--read-batch=@src host:x",
                "--read-batch=/dev/null @dst/",
                "--write-batch=@none/B -a @src/ @dst/",
                "--only-write-batch=@none/B -a @src/ @dst/",
                "-a -T none @src/ @dst/",
                "-a -T f @src/ @dst/",
                "-a --temp-dir= @src/ @dst/",
                "-a --backup-dir=f @src/ @dst/",
            })
    void failuresAreToldInTheSameWords(String words) throws Exception {
        Said ours = said(Program.SLUICE, words);
        assertThat(ours).isEqualTo(said(Program.RSYNC, words));
        assertThat(ours.code()).isNotZero();
    }

    /** The last operand is the destination, whatever else is named. */
    @ParameterizedTest
    @ValueSource(strings = {"@dst/", "@src/ @dst/", "host:x @dst/", "@none @none @dst/"})
    void aBatchIsForTheLastOperand(String operands) throws Exception {
        said(Program.RSYNC, "-t --only-write-batch=@batch @src/f @dst/");
        for (Program program : Program.values()) {
            Said said = said(program, "--read-batch=@batch " + operands);
            assertThat(said).isEqualTo(new Said(0, List.of()));
            assertThat(directory.resolve("dst/f")).hasContent("content\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "-vn"})
    void theSummaryTellsThatOnlyABatchWasMade(String option) throws Exception {
        List<String> ours = said(Program.SLUICE, option + " --only-write-batch=@batch @src/f @dst/")
                .lines();
        List<String> theirs = said(Program.RSYNC, option + " --only-write-batch=@batch @src/f @dst/")
                .lines();
        assertThat(ours.getLast()).endsWith(option.equals("-v") ? " (BATCH ONLY)" : " (DRY RUN)");
        assertThat(theirs.getLast())
                .endsWith(ours.getLast().substring(ours.getLast().lastIndexOf('(')));
    }

    /** A code, and what was said without the place in the program. */
    private record Said(int code, List<String> lines) {}

    private Said said(Program program, String words) throws Exception {
        Path target = directory.resolve("dst");
        Files.createDirectories(target);
        Files.writeString(target.resolve("f"), "old");
        List<String> call = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            call.add(word.replace("@", directory + "/"));
        }
        Program.Run run = program.run(directory, call.toArray(String[]::new));
        List<String> lines = (run.out() + run.err())
                .lines()
                .map(line -> line.replaceAll(" at \\S+\\(\\d+\\) \\[(\\w+).*", " [$1]")
                        .replaceFirst("(code 1\\)) \\[receiver]", "$1 [Receiver]")
                        .replaceFirst(NO_FILE, "is no file"))
                .toList();
        return new Said(run.exitCode(), lines);
    }
}
