package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.interop.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch that one program writes, the other one reads: a second tree, equal to the first target's old state, becomes equal to the source. */
class BatchIT {
    @TempDir
    private Path directory;

    private Path source;

    static Stream<Arguments> cells() {
        return Stream.of(
                        List.of(Program.SLUICE, Program.RSYNC),
                        List.of(Program.RSYNC, Program.SLUICE),
                        List.of(Program.SLUICE, Program.SLUICE))
                .flatMap(pair -> Stream.of(
                                "--write-batch=B",
                                "--only-write-batch=B",
                                "--write-batch=B -z",
                                "--write-batch=B --no-inc-recursive",
                                "--write-batch=B --protocol=29",
                                "--write-batch=B --protocol=27")
                        .map(options -> Arguments.of(pair.getFirst(), pair.getLast(), options)));
    }

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        SampleTree.odd(source, 2);
        Files.writeString(source.resolve("changed"), "x".repeat(90_000) + "new" + "y".repeat(90_000));
        // rsync takes times within one second for equal: this one is of long ago.
        Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(1_400_000_000, 7)));
        for (String target : List.of("first", "second")) {
            Path there = Files.createDirectories(directory.resolve(target));
            Files.writeString(there.resolve("changed"), "x".repeat(90_000) + "o" + "y".repeat(90_000));
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatOneWritesTheOtherReads(Program writer, Program reader, String options) throws Exception {
        writer.assumeInstalled();
        List<String> words = new ArrayList<>(List.of("-a"));
        words.addAll(List.of(options.split(" ", -1)));
        words.addAll(List.of(source + "/", directory.resolve("first") + "/"));
        check(writer.run(directory, words.toArray(String[]::new)));
        assertThat(directory.resolve("B.sh")).isExecutable();
        check(reader.run(directory, "-a", "--read-batch=B", directory.resolve("second") + "/"));
        boolean nanos = !options.contains("protocol");
        String times = nanos ? "(no time)" : "(mtime=-?\\d+)\\.\\d{9}";
        assertThat(read("second", times)).isEqualTo(read("source", times));
        if (options.contains("only")) {
            assertThat(directory.resolve("first").toFile().list()).containsExactly("changed");
        }
    }

    private String read(String tree, String times) throws IOException {
        return TreeSnapshot.of(directory.resolve(tree)).toString().replaceAll(times, "$1");
    }

    private static void check(Run run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }
}
