package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our client prints what rsync prints: both make the same dry run against the same daemon on the same trees, which dry runs leave alone, and their standard
 * output is compared line by line. A minimum of lines makes sure that there was something to print.
 */
class OutputIT {
    /** What differs from run to run: bytes on the wire and rates. */
    private static final Pattern VOLATILE = Pattern.compile(
            "[0-9][0-9,.]* (bytes/sec|bytes  received)|sent [0-9,.]+|received [0-9,.]+|speedup is [0-9,.]+|[0-9.]+ seconds|Total bytes (sent|received): [0-9,]+|File list size: [0-9,]+");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path source;
    private Path target;

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        SampleTree.plain(source, 700, 1);
        SampleTree.odd(source.resolve("odd"), 2);
        SampleTree.plain(target, 700, 1);
        SampleTree.odd(target.resolve("odd"), 2);
        SampleTree.edit(source, 700, 3);
        Files.delete(target.resolve("odd/to-file"));
        Files.writeString(target.resolve("odd/dangling-too"), "only there");
        Files.createDirectories(target.resolve("extra/directory/of/files"));
        Files.writeString(target.resolve("extra/directory/of/files/one"), "1");
    }

    static Stream<Arguments> optionSets() {
        List<Arguments> all = new ArrayList<>();
        for (boolean push : new boolean[] {true, false}) {
            for (String options : List.of(
                    "-ani --delete",
                    "-anii",
                    "-anv --delete",
                    "-rnvc",
                    "-an --stats",
                    "-ani --existing",
                    "-ani --ignore-existing",
                    "-aniu --size-only",
                    "-aniI",
                    "-ani --max-size=3k --min-size=10",
                    "-dnii",
                    "-rlni --no-times",
                    "-ani --exclude=file-*5 --include=e1 --delete",
                    "-ani --filter=-_*7 --delete-excluded",
                    "-an --out-format=%i_%n%L_%l_%M_%B_%f",
                    "-a --list-only")) {
                all.add(Arguments.of(push, options));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("optionSets")
    void linesAreThoseOfRsync(boolean push, String options) throws Exception {
        String module = "[tree]\npath = " + (push ? target : source) + "\nread only = no\n";
        try (DaemonProcess daemon = DaemonProcess.start(Program.RSYNC, directory.resolve("daemon"), module)) {
            List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
            arguments.replaceAll(option -> option.replace('_', ' '));
            arguments.addAll(
                    push ? List.of(source + "/", daemon.url("tree/")) : List.of(daemon.url("tree/"), target + "/"));
            Program.Run expected = Program.RSYNC.run(directory, arguments.toArray(String[]::new));
            Program.Run actual = Program.SLUICE.run(directory, arguments.toArray(String[]::new));
            assertThat(expected.exitCode()).as(expected.err()).isZero();
            assertThat(expected.lines()).hasSizeGreaterThan(2);
            // When we receive, deletions and directories' notices come as fast as the list does: their place among the
            // names is a matter of timing.
            if (push) {
                assertThat(masked(actual)).as(actual.err()).isEqualTo(masked(expected));
            } else {
                assertThat(masked(actual)).as(actual.err()).containsExactlyInAnyOrderElementsOf(masked(expected));
            }
            assertThat(actual.exitCode()).isZero();
        }
    }

    /** New files, and a large one with an edit that goes as a delta: what each takes on the wire, block sums included. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trafficOfEachFileIsCountedAsRsyncDoes(boolean push) throws Exception {
        Path site = directory.resolve("site");
        SampleTree.plain(site, 30, 4);
        byte[] large = "a line of a large text\n".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
        Files.write(site.resolve("large"), large);
        Files.setLastModifiedTime(site, FileTime.fromMillis(0));
        List<List<String>> lines = new ArrayList<>();
        for (Program program : List.of(Program.RSYNC, Program.SLUICE)) {
            Path copy = Files.createDirectories(directory.resolve("copy-" + program));
            large[500_000] = '!';
            Files.write(copy.resolve("large"), large);
            Files.setLastModifiedTime(copy.resolve("large"), FileTime.fromMillis(0));
            String module = "[tree]\npath = " + (push ? copy : site) + "\nread only = no\n";
            try (DaemonProcess daemon = DaemonProcess.start(Program.RSYNC, directory.resolve("d" + program), module)) {
                List<String> arguments = new ArrayList<>(List.of("-a", "--out-format=%b %c %n"));
                arguments.addAll(
                        push ? List.of(site + "/", daemon.url("tree/")) : List.of(daemon.url("tree/"), copy + "/"));
                lines.add(
                        program.run(directory, arguments.toArray(String[]::new)).lines());
            }
            assertThat(TreeSnapshot.of(copy)).isEqualTo(TreeSnapshot.of(site));
        }
        assertThat(lines.getFirst()).hasSizeGreaterThan(30);
        assertThat(lines.getLast()).isEqualTo(lines.getFirst());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void moduleListingIsThatOfRsync(boolean ours) throws Exception {
        String modules =
                "[a]\npath = /tmp\ncomment = first\n[hidden]\npath = /tmp\nlist = no\n[b]\npath = /tmp\ncomment = second module\n";
        Program other = ours ? Program.RSYNC : Program.SLUICE;
        try (DaemonProcess daemon = DaemonProcess.start(other, directory.resolve("daemon"), modules)) {
            Program.Run expected = Program.RSYNC.run(directory, daemon.url(""));
            Program.Run actual = Program.SLUICE.run(directory, daemon.url(""));
            assertThat(expected.out()).contains("first", "second module").doesNotContain("hidden");
            assertThat(actual.out()).isEqualTo(expected.out());
        }
    }

    /** A sender shows paths with the slash that they were given with, a receiver without it. */
    @ParameterizedTest
    @CsvSource({"true, -aRv", "true, --out-format=%n|%f|%i|%L -aR", "true, -aRv --no-i-r", "false, -aRii"})
    void absolutePathsAreShownAsRsyncShowsThem(boolean push, String options) throws Exception {
        String base = directory.toRealPath().toString();
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("-n", "-e", shell().toString()));
        for (String path : List.of("source/./odd/dangling", "source/odd")) {
            arguments.add((push ? "" : "host:") + base + "/" + path);
        }
        arguments.add((push ? "host:" : "") + base + "/target/");
        arguments.add("--rsync-path=/usr/bin/rsync");
        Program.Run expected = Program.RSYNC.run(directory, arguments.toArray(String[]::new));
        Program.Run actual = Program.SLUICE.run(directory, arguments.toArray(String[]::new));
        assertThat(expected.exitCode()).as(expected.err()).isZero();
        assertThat(expected.out().contains(" " + base) || expected.out().contains("\n" + base))
                .isEqualTo(push);
        assertThat(masked(actual)).as(actual.err()).isEqualTo(masked(expected));
    }

    private Path shell() throws IOException {
        Path shell = Files.writeString(directory.resolve("shell"), "#!/bin/sh\nshift\nexec sh -c \"$*\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        return shell;
    }

    private static List<String> masked(Program.Run run) {
        return run.lines().stream()
                .map(line -> VOLATILE.matcher(line).replaceAll("N"))
                .toList();
    }
}
