package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of rules that stand outside of what is transferred, or are wrong: both programs read the same ones and say the same of them. */
@NeedsRsync
class MergeFilesIT {
    private static final Map<String, String> RULE_FILES = Map.ofEntries(
            Map.entry(".up", "- a\n: .more\n"),
            Map.entry(".more", "- b\n"),
            Map.entry("p/.up", "- c\nP kept\n"),
            Map.entry("p/.more", "- e\n"),
            Map.entry("p/s/.up", "- /sub/g\n"),
            Map.entry("p/s/plain", "- a\n"),
            Map.entry("p/s/sub/plain", "- b\n"),
            Map.entry("p/s/sub/.merging", ". plain\n"),
            Map.entry("p/s/sub/.beside", ". ./plain\n"),
            Map.entry("p/s/sub/.above", ": ../../p/.up\n"),
            Map.entry("p/s/.nul", "- a\0- b\0"),
            Map.entry("p/s/.wrong", "- x\nZ wrong\n"),
            Map.entry("p/s/.absent", ". nosuch\n"),
            Map.entry("p/s/.deferred", ": .wrong\n"),
            Map.entry("p/s/.nested", "- x\n. ./.wrong\n"));

    @TempDir
    private Path directory;

    @BeforeEach
    void makeTrees() throws Exception {
        for (String parent : List.of("p/s/", "p/s/sub/", "p/d/s/")) {
            Files.createDirectories(directory.resolve(parent));
            for (String name : List.of("a", "b", "c", "e", "g", "kept")) {
                Files.writeString(directory.resolve(parent + name), parent);
            }
        }
        for (Map.Entry<String, String> file : RULE_FILES.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        LongAgo.set(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--filter=:_../.up p/s/",
                "--filter=:_../../.up p/s/",
                "--filter=:_/.up p/s/",
                "--filter=:_@HERE@/.up p/s/",
                "--filter=:_@HERE@/.up @HERE@/p/s/",
                "--filter=:_@HERE@/.up p/s",
                "--filter=:_@HERE@/p/.up -R p/s/sub",
                "--filter=:n_../.up p/s/",
                "--filter=:_sub/.up p/s/",
                "--filter=:_../nosuch/.up p/s/",
                "--filter=:_.merging p/s/",
                "--filter=:_.beside p/s/",
                "--filter=:_.above p/s/",
                "--filter=:_/.up --delete p/s",
                "--filter=:_@HERE@/.up --delete p/s",
                "-0 --filter=:_.nul p/s/",
                "-0 --filter=._p/s/.nul p/s/",
                "--filter=:_.wrong p/s/",
                "--filter=:w_.wrong p/s/",
                "--filter=:_.absent p/s/",
                "--filter=:_.deferred p/s/",
                "--filter=:_.nested p/s/",
                "--filter=._p/s/.wrong p/s/",
                "--filter=._p/s/.absent p/s/",
                "--filter=._nosuch p/s/",
                "--exclude-from=nosuch p/s/"
            })
    void bothReadTheSame(String words) throws Exception {
        String[] arguments =
                ("-rin " + words.replace("@HERE@", directory.toRealPath().toString()) + " p/d/").split(" ", -1);
        Program.Run expected = Program.RSYNC.run(directory, arguments);
        Program.Run actual = Program.SLUICE.run(directory, arguments);
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
        assertThat(complaint(actual)).isEqualTo(complaint(expected));
        assertThat(actual.exitCode()).as(actual.err()).isEqualTo(expected.exitCode());
    }

    /** What is said of the rule; which process says it, and how the transfer ends, is told elsewhere. */
    private static List<String> complaint(Program.Run run) {
        return run.err()
                .lines()
                .filter(line -> line.contains("rule") || line.contains("failed"))
                .toList();
    }
}
