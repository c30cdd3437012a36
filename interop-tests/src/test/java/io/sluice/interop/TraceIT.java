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
import org.junit.jupiter.params.provider.CsvSource;
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
        Processes.run(List.of("rm", "-rf", "s", "d", "e"), directory);
        Path source = directory.resolve("s");
        Path target = directory.resolve("d");
        Files.createDirectories(source.resolve("sub"));
        Files.createDirectories(target.resolve("gone/deep"));
        Files.createDirectories(directory.resolve("e/sub"));
        for (String name : List.of(
                "s/a", "s/b", "s/left.out", "s/sub/c", "d/b", "d/old", "d/gone/deep/x", "d/kept.out", "e/sub/c")) {
            Files.writeString(directory.resolve(name), "of " + name.substring(2) + "\n");
        }
        String numbers = IntStream.range(1000, 2000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        Files.writeString(directory.resolve("s/big"), numbers);
        Files.writeString(
                directory.resolve("d/big"), numbers.replace("1500", "15000").replace("1700", "0071"));
        Files.createSymbolicLink(directory.resolve("s/link"), Path.of("a"));
        Files.createLink(directory.resolve("s/second"), directory.resolve("s/b"));
        Files.createLink(directory.resolve("s/sub/other"), directory.resolve("s/sub/c"));
        Files.createLink(directory.resolve("s/sub/third"), directory.resolve("s/b"));
        for (Path tree : List.of(source, target, directory.resolve("e"))) {
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
                "-a --debug=FUZZY --fuzzy --no-whole-file",
                "-a --debug=FLIST3 --delete --filter=P_deep/",
                "-aH --debug=HLINK3",
                "-aHn --debug=HLINK3 --no-inc-recursive --link-dest=../s",
                "-aH --debug=HLINK3 --protocol=29",
                "-avvvvv --debug=HASH0,IO0,TIME1",
                "-a --debug=OWN2 --chown=1:1",
                "-a --debug=OWN2 --no-inc-recursive --usermap=0:7,7:8",
                "-az --debug=CMD2,ICONV2,NSTR3,PROTO --iconv=utf-8,latin1");
    }

    /** Names that come twice, as they are in several arguments. */
    @ParameterizedTest
    @CsvSource({"-a --no-inc-recursive --debug=DUP FLIST3,s/ s/sub s/", "-a --debug=DUP FLIST3,s/ e/"})
    void namesThatComeTwiceAreToldOf(String options, String sources) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(options.replace("DUP ", "DUP,").split(" ")));
        words.addAll(List.of(sources.split(" ")));
        words.add("d/");
        Map<String, List<String>> ours = run(Program.SLUICE, words);
        assertThat(String.join("\n", ours.get(""))).contains("removing duplicate name sub/c from file list");
        assertSame(ours, run(Program.RSYNC, words));
    }

    static Stream<Arguments> remoteOptions() {
        List<Arguments> all = new ArrayList<>();
        for (boolean push : new boolean[] {true, false}) {
            for (Program server : Program.values()) {
                for (String options : List.of(
                        "-avvv --delete --exclude=*.out",
                        "-aHz --debug=CMD2,HLINK3,ICONV2,NSTR2,OWN2,PROTO --iconv=utf-8,latin1"
                                + " -M--debug=HLINK3,ICONV2,NSTR3,OWN2,PROTO")) {
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

    static Stream<Arguments> daemonRuns() {
        return Stream.of(Program.values())
                .flatMap(server -> Stream.of(Arguments.of(true, server), Arguments.of(false, server)));
    }

    /** The daemon's lines are those that it tells the client. */
    @ParameterizedTest
    @MethodSource("daemonRuns")
    void aDaemonAndItsClientTellWhatRsyncTells(boolean push, Program server) throws Exception {
        Map<String, List<String>> reference = runWithDaemon(Program.RSYNC, push, Program.RSYNC);
        assertSame(runWithDaemon(Program.SLUICE, push, server), reference);
        if (server == Program.SLUICE) {
            assertSame(runWithDaemon(Program.RSYNC, push, server), reference);
        }
    }

    private Map<String, List<String>> runWithDaemon(Program client, boolean push, Program server) throws Exception {
        String module = "[m]\npath = " + directory
                + "\nread only = no\nauth users = web1user\nsecrets file = @HOME@/secrets\n" + "max verbosity = 9\n";
        try (DaemonProcess daemon = DaemonProcess.start(server, directory.resolve("daemon"), module)) {
            List<String> words = new ArrayList<>(
                    List.of("-aH", "--debug=CMD2,CONNECT2,HLINK3,ICONV2,NSTR2,OWN2,PROTO", "-M--debug=HLINK3,OWN2"));
            words.addAll(push ? List.of("s/", daemon.url("m/d/")) : List.of(daemon.url("m/s/"), "d/"));
            return run(client, words);
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
        return DebugLines.of(run.out() + run.err());
    }

    private static void assertSame(Map<String, List<String>> ours, Map<String, List<String>> reference) {
        assertThat(reference).as("what rsync tells").isNotEmpty();
        reference.forEach((who, lines) -> assertThat(ours.getOrDefault(who, List.of()))
                .as(who.isEmpty() ? "nobody" : who)
                .containsExactlyElementsOf(lines));
        assertThat(ours).containsOnlyKeys(reference.keySet());
    }
}
