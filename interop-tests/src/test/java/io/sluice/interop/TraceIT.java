package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code --debug} and {@code -vvv} tell is what rsync tells: each pairing of the two programs makes a transfer that rsync has made with itself, on trees
 * that are the same, and each role's lines are compared. A reference without lines of the roles would fail.
 */
class TraceIT {
    private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path shell;

    @BeforeEach
    void makeShell() throws IOException {
        shell = directory.resolve("shell");
        Files.writeString(shell, "#!/bin/sh\nshift\neval \"$@\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The same paths for every run: they are part of what is told. */
    private void makeTrees() throws IOException, InterruptedException {
        Processes.run(List.of("rm", "-rf", "s", "d"), directory);
        Path source = directory.resolve("s");
        Path target = directory.resolve("d");
        Files.createDirectories(source.resolve("sub"));
        Files.createDirectories(target.resolve("gone/deep"));
        for (String name :
                List.of("s/a", "s/b", "s/left.out", "s/sub/c", "d/b", "d/old", "d/gone/deep/x", "d/kept.out")) {
            Files.writeString(directory.resolve(name), "of " + name.substring(2) + "\n");
        }
        String numbers = IntStream.range(1000, 2000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        Files.writeString(directory.resolve("s/big"), numbers);
        Files.writeString(
                directory.resolve("d/big"), numbers.replace("1500", "15000").replace("1700", "0071"));
        Files.createSymbolicLink(directory.resolve("s/link"), Path.of("a"));
        Files.createLink(directory.resolve("s/second"), directory.resolve("s/b"));
        for (Path tree : List.of(source, target)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.toList().reversed()) {
                    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setTimes(OLD, OLD, null);
                }
            }
        }
        Files.setLastModifiedTime(directory.resolve("d/big"), FileTime.fromMillis(0));
    }

    static Stream<String> options() {
        return Stream.of(
                "-avvv --delete --exclude=*.out",
                "-avvv --no-inc-recursive --delete --exclude=*.out --no-whole-file",
                "-a --debug=ACL,BACKUP,OWN,TIME2 -b --chown=1:1",
                "-a --debug=CHDIR,GENR,RECV,SEND --inplace",
                "-a --debug=DEL4 --delete --filter=P_deep/",
                "-a --debug=DELTASUM3 --no-whole-file",
                "-a --debug=FILTER2 --exclude=sub/ --include=*",
                "-aR --debug=EXIT2,FLIST2 --existing",
                "-a --debug=FUZZY --fuzzy --no-whole-file");
    }

    static Stream<Arguments> remoteOptions() {
        List<Arguments> all = new ArrayList<>();
        for (boolean push : new boolean[] {true, false}) {
            for (Program server : Program.values()) {
                for (String options : List.of("-avvv --delete --exclude=*.out")) {
                    all.add(Arguments.of(push, server, options));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("options")
    void aLocalCopyTellsWhatRsyncTells(String options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options.split(" ")));
        words.addAll(List.of("s/", "d/"));
        assertSame(run(Program.SLUICE, words), run(Program.RSYNC, words));
    }

    @ParameterizedTest
    @MethodSource("remoteOptions")
    void bothEndsTellWhatRsyncTells(boolean push, Program server, String options) throws Exception {
        Map<String, List<String>> reference = run(Program.RSYNC, remote(push, Program.RSYNC, options));
        assertSame(run(Program.SLUICE, remote(push, server, options)), reference);
        if (server == Program.SLUICE) {
            assertSame(run(Program.RSYNC, remote(push, server, options)), reference);
        }
    }

    private List<String> remote(boolean push, Program server, String options) {
        List<String> words = new ArrayList<>(List.of(options.split(" ")));
        String program = String.join(" ", server.rsync());
        words.addAll(List.of("-e", shell.toString(), "--rsync-path=" + program));
        words.addAll(push ? List.of("s/", "host:d/") : List.of("host:s/", "d/"));
        return words;
    }

    private Map<String, List<String>> run(Program client, List<String> words) throws Exception {
        makeTrees();
        Program.Run run = client.run(directory, words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return DebugLines.of(run.out());
    }

    private static void assertSame(Map<String, List<String>> ours, Map<String, List<String>> reference) {
        assertThat(reference).as("what rsync tells").isNotEmpty();
        reference.forEach((who, lines) -> assertThat(ours.getOrDefault(who, List.of()))
                .as(who.isEmpty() ? "nobody" : who)
                .containsExactlyElementsOf(lines));
        assertThat(ours).containsOnlyKeys(reference.keySet());
    }
}
