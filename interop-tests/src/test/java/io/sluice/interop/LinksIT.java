package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hard links and symlinks: each case is done by two rsyncs and then with Sluice at one end, from the same state, and what is printed and what is
 * left in source and target must be the same. The source has links of all kinds, so a case in which nothing happened cannot pass.
 */
@NeedsRsync
class LinksIT {
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_500_000_000));

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private int runs;

    /** Options behind the name of the state that the target is in. */
    static Stream<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        for (String each : List.of(
                "empty -aHi",
                "older -aHi --no-i-r --protocol=30",
                "older -aHni",
                "empty -aHi --protocol=29",
                "older -aHi --protocol=29 --delete",
                "older -aHi --protocol=28",
                "older -aHi --protocol=27",
                "older -aHv --inplace --no-W",
                "empty -aHi --remove-source-files",
                "older -aHi --remove-source-files --delay-updates",
                "empty -rlti --copy-unsafe-links",
                "empty -rlti --safe-links",
                "empty -rltiL",
                "older -rltikK --delete")) {
            Pairing.all()
                    .filter(pairing -> pairing.client() != pairing.daemon())
                    .forEach(pairing -> all.add(Arguments.of(each, pairing)));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allLeaveAndPrintTheSame(String options, Pairing pairing) throws Exception {
        Outcome expected = run(options, new Pairing(Program.RSYNC, Program.RSYNC, pairing.push()));
        Outcome actual = run(options, pairing);
        assertThat(expected.lines()).hasSizeGreaterThan(2);
        assertThat(actual.target()).isEqualTo(expected.target());
        assertThat(actual.source()).isEqualTo(expected.source());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode());
        // Messages and items travel apart: their order among each other is a matter of time.
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
    }

    /** A file that cannot be sent is asked for under each of its names; none is waited for, and what else there is arrives. */
    @ParameterizedTest
    @ValueSource(strings = {"--inc-recursive", "--no-inc-recursive"})
    void namesOfAFileThatCannotBeSentEndNothing(String recursion) throws Exception {
        Path source = directory.resolve("source");
        Path target = Files.createDirectory(directory.resolve("target"));
        fill(source);
        makeOlder(target);
        Files.delete(target.resolve("d2/c"));
        Files.setPosixFilePermissions(source.resolve("a"), Set.of());
        boolean root = "root".equals(System.getProperty("user.name"));
        String module =
                "[tree]\npath = " + source + "\n" + (root ? "use chroot = yes\nuid = nobody\n" : "use chroot = no\n");
        try (DaemonProcess daemon = DaemonProcess.start(Program.RSYNC, directory.resolve("daemon"), module)) {
            Program.Run run = Program.SLUICE.run(directory, "-rltH", recursion, daemon.url("tree/"), target + "/");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(23);
            for (String name : List.of("a", "b", "d1/a", "d1/inner/deep", "d2/c")) {
                assertThat(run.err()).containsPattern("failed to open \"/?" + name + "\"");
            }
        }
        assertThat(target.resolve("alone")).hasContent("alone");
        assertThat(target.resolve("a")).hasContent("what was there");
        assertThat(target.resolve("d1/inner/deep")).doesNotExist();
    }

    /**
     * A link at the destination that leads to a directory outside it is not one that {@code -K} keeps, unless links are trusted; two of them may lead to one
     * directory inside. rsync tells of each name below such a link, Sluice of the link.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"-rltK", "-rltK --no-i-r", "-rltK --insecure-links", "-rltK --delete", "-rltK --confine-root=@"})
    void linksOutOfTheDestinationAreNotFollowed(String options) throws Exception {
        Map<Program, Map<String, String>> left = new EnumMap<>(Program.class);
        for (Program program : Program.values()) {
            Path base = Files.createDirectory(directory.resolve(program.name()));
            for (String name : List.of("absolute/f", "climbing/f", "first/f", "second/g")) {
                write(base.resolve("source").resolve(name), "content");
            }
            Files.createDirectories(base.resolve("outside"));
            Path target = Files.createDirectories(base.resolve("target"));
            Files.createDirectories(target.resolve("inside"));
            Files.createSymbolicLink(target.resolve("absolute"), base.resolve("outside"));
            Files.createSymbolicLink(target.resolve("climbing"), Path.of("../outside"));
            Files.createSymbolicLink(target.resolve("first"), Path.of("inside"));
            Files.createSymbolicLink(target.resolve("second"), Path.of("inside"));
            List<String> arguments = new ArrayList<>(
                    List.of(options.replace("@", base.toString()).split(" ")));
            arguments.addAll(List.of(base + "/source/", target + "/"));
            Program.Run run = program.run(base, arguments.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(options.contains("insecure") ? 0 : 23);
            Map<String, String> found = new TreeMap<>();
            for (String name : List.of("outside/f", "target/first/f", "target/second/g", "target/inside/g")) {
                found.put(name, Files.exists(base.resolve(name)) ? "there" : "missing");
            }
            left.put(program, found);
        }
        assertThat(left.get(Program.SLUICE))
                .isEqualTo(left.get(Program.RSYNC))
                .containsEntry("outside/f", options.contains("insecure") ? "there" : "missing")
                .containsEntry("target/second/g", "there");
    }

    /** A list that is sent to a server comes back as the server's text: the client shows what rsync's server would have told it. */
    @ParameterizedTest
    @ValueSource(strings = {"-r --list-only", "-rU --list-only", "--list-only", "-rvv --list-only --no-i-r"})
    void aServerListsWhatItIsSent(String options) throws Exception {
        Path source = directory.resolve("source");
        fill(source);
        write(source.resolve("large"), "x".repeat(1_234_567));
        Map<Program, List<String>> shown = new EnumMap<>(Program.class);
        for (Program server : Program.values()) {
            Path target = Files.createDirectories(directory.resolve("target-" + server));
            String module = "[tree]\npath = " + target + "\nread only = no\n";
            try (DaemonProcess daemon = DaemonProcess.start(server, directory.resolve("daemon-" + server), module)) {
                List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
                arguments.addAll(List.of(source + "/", daemon.url("tree/")));
                Program.Run run = Program.RSYNC.run(directory, arguments.toArray(String[]::new));
                shown.put(
                        server,
                        run.lines().stream()
                                .filter(line ->
                                        line.matches("[^l].*/../.. .*")) // reading a link changes its access time
                                .toList());
            }
            assertThat(target).isEmptyDirectory();
        }
        assertThat(shown.get(Program.RSYNC)).anyMatch(line -> line.matches("-rw.* 1,234,567 .* large"));
        assertThat(shown.get(Program.SLUICE)).isEqualTo(shown.get(Program.RSYNC));
    }

    private record Outcome(int exitCode, List<String> lines, Map<String, String> source, Map<String, String> target) {}

    private Outcome run(String options, Pairing pairing) throws IOException, InterruptedException {
        Path base = Files.createDirectory(directory.resolve("run" + runs++));
        Path source = base.resolve("source");
        Path target = Files.createDirectory(base.resolve("target"));
        fill(source);
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        if (arguments.removeFirst().equals("older")) {
            makeOlder(target);
        }
        // Without a chroot, rsync's daemon changes links that climb.
        String chroot = "root".equals(System.getProperty("user.name")) ? "yes" : "no";
        String module = "[tree]\npath = %s\nuse chroot = %s\nmunge symlinks = no\nread only = no\n"
                .formatted(pairing.push() ? target : source, chroot);
        try (DaemonProcess daemon = DaemonProcess.start(pairing.daemon(), base.resolve("daemon"), module)) {
            arguments.addAll(
                    pairing.push()
                            ? List.of(source + "/", daemon.url("tree/"))
                            : List.of(daemon.url("tree/"), target + "/"));
            Program.Run run = pairing.client().run(base, arguments.toArray(String[]::new));
            List<String> lines = run.lines().stream()
                    .filter(line -> !line.matches("sent .*|total size .*|(sending|receiving) .*file list|"))
                    .toList();
            return new Outcome(run.exitCode(), lines, snapshot(source), snapshot(target));
        }
    }

    private static void fill(Path source) throws IOException {
        write(source.resolve("a"), "content");
        Files.createDirectories(source.resolve("d1/inner"));
        Files.createDirectories(source.resolve("d2"));
        for (String name : List.of("b", "d1/a", "d1/inner/deep", "d2/c")) {
            Files.createLink(source.resolve(name), source.resolve("a"));
        }
        write(source.resolve("d1/x"), "x");
        Files.createLink(source.resolve("d2/y"), source.resolve("d1/x"));
        write(source.resolve("alone"), "alone");
        write(source.resolveSibling("outside/file"), "outside");
        link(source.resolve("link"), "a");
        Files.createLink(source.resolve("d2/same-link"), source.resolve("link"));
        link(source.resolve("to-directory"), "d1");
        link(source.resolve("d1/inner/up"), "../../alone");
        link(source.resolve("d2/out"), "../../outside/file");
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : all.filter(each -> !Files.isSymbolicLink(each)).toList()) {
                Files.setLastModifiedTime(path, OLD);
            }
        }
    }

    private static void makeOlder(Path target) throws IOException {
        write(target.resolve("a"), "what was there");
        write(target.resolve("d2/c"), "content");
        write(target.resolve("real/old"), "old");
        link(target.resolve("d1"), "real");
        write(target.resolve("extra"), "extra");
        Files.createLink(target.resolve("b"), target.resolve("extra"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, OLD);
    }

    /** Java cannot set a link's time; all links of a run are as old as each other to the second, which is what counts for none of the cases. */
    private static void link(Path link, String target) throws IOException {
        Files.createSymbolicLink(link, Path.of(target));
    }

    /** Type, content, time of files, and of what has several names the first one. */
    private static Map<String, String> snapshot(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        Map<Object, String> firstNames = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted().toList()) {
                Map<String, Object> status = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
                String name = root.relativize(path).toString();
                String kind = Integer.toOctalString(Objects.requireNonNull((Integer) status.get("mode")));
                if (Files.isSymbolicLink(path)) {
                    kind += " -> " + Files.readSymbolicLink(path);
                } else if (Files.isRegularFile(path)) {
                    kind += " " + Files.readString(path, StandardCharsets.ISO_8859_1);
                }
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    kind += " = " + firstNames.computeIfAbsent(Objects.requireNonNull(status.get("ino")), key -> name);
                }
                entries.put(name, kind);
            }
        }
        return entries;
    }
}
