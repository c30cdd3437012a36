package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code -K} as an ordinary user: rsync and Sluice start from a destination with links of all kinds in the place of directories, and must leave the same. The
 * links lead inside and outside, nowhere, to what may not be entered, and to what is somebody else's.
 */
@NeedsRsync
class KeptLinksIT {
    /** Links that lead out are refused; rsync tells of each name behind them, Sluice of the link. */
    private static final String LEADS_OUT = "out-.*";

    private static final Map<String, String> LINKS = Map.ofEntries(
            Map.entry("inside", "real"),
            Map.entry("chain", "inside-too"),
            Map.entry("inside-too", "real2"),
            Map.entry("climbing", "real/../real3"),
            Map.entry("others", "foreign"),
            Map.entry("link-of-others", "real4"),
            Map.entry("no-way", "locked/sub"),
            Map.entry("to-file", "file"),
            Map.entry("loop", "loop"),
            Map.entry("nowhere", "missing"),
            Map.entry("nowhere-outside", "../missing"),
            Map.entry("nowhere-far", "/nonexistent/missing"),
            Map.entry("out-relative", "../outside"),
            Map.entry("out-absolute", "@/outside"),
            Map.entry("out-and-in", "../target/real3"));

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private record Outcome(int exitCode, List<String> lines, Map<String, String> left) {}

    @ParameterizedTest
    @CsvSource({
        "LOCAL, -rltiK",
        "LOCAL, -rltiK --no-i-r",
        "LOCAL, -rltiK --delete",
        "LOCAL, -rltiK --protocol=29",
        "SHELL, -rltiK",
        "DAEMON, -rltiK",
        "DAEMON, -rltiK --delete",
        "DAEMON, -rltiK --no-i-r"
    })
    void bothKeepTheSameLinks(String transport, String options) throws Exception {
        OrdinaryUser.letIn(directory);
        Outcome expected = run(Program.RSYNC, transport, options);
        Outcome actual = run(Program.SLUICE, transport, options);
        assertThat(actual.left()).isEqualTo(expected.left());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode()).isEqualTo(23);
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
        assertThat(actual.left())
                .containsEntry("target/real/file", "100644 content")
                .containsEntry("target/inside", "120777 -> real")
                .containsEntry("target/nowhere-outside/file", "100644 content")
                .doesNotContainKey("outside/file")
                .containsEntry("outside/kept", "100644 kept");
    }

    private Outcome run(Program program, String transport, String options) throws Exception {
        Path base = make(Files.createDirectory(directory.resolve(program.toString())));
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        String source = base + "/source/";
        String target = base + "/target/";
        Program.Run run;
        switch (transport) {
            case "LOCAL" -> {
                arguments.addAll(List.of(source, target));
                run = OrdinaryUser.run(program, base, arguments);
            }
            case "SHELL" -> {
                arguments.addAll(List.of("-e", shell(program, base), "--rsync-path=x", source, "host:" + target));
                run = OrdinaryUser.run(Program.RSYNC, base, arguments);
            }
            default -> {
                String module = "[tree]\npath = " + target + "\nread only = no\n" + OrdinaryUser.module();
                try (DaemonProcess daemon = DaemonProcess.start(program, directory.resolve(program + "-d"), module)) {
                    arguments.addAll(List.of(source, daemon.url("tree/")));
                    run = Program.RSYNC.run(base, arguments.toArray(String[]::new));
                }
            }
        }
        return new Outcome(run.exitCode(), lines(run, base), left(base));
    }

    /** What is printed, less the lines of the links that lead out, and the words that differ from run to run. */
    private static List<String> lines(Program.Run run, Path base) {
        return Stream.concat(run.lines().stream(), run.err().lines())
                .map(line -> line.replace(base + "/target/", "").replaceFirst("at [^ ]*\\(\\d+\\) \\[.*", ""))
                .map(line -> line.replaceFirst("(/\\.(file|deep))\\.\\w{6}", "$1"))
                .filter(line ->
                        !line.matches(".*[ \"]" + LEADS_OUT) && !line.matches("(\\.d\\.\\.t|.*\\*\\*\\* Skipping).*"))
                .toList();
    }

    private static String shell(Program program, Path base) throws IOException {
        Path script = base.resolve("shell");
        String words = String.join("' '", OrdinaryUser.rsync(program));
        Files.writeString(script, "#!/bin/sh\nshift 2\nexec '" + words + "' \"$@\"\n");
        Files.setAttribute(script, "unix:mode", 0755);
        return script.toString();
    }

    private static Path make(Path base) throws IOException {
        Path target = Files.createDirectory(base.resolve("target"));
        for (String name : List.of("real", "real2", "real3", "real4", "foreign/sub", "locked/sub", "../outside/sub")) {
            Files.createDirectories(target.resolve(name));
        }
        Files.writeString(target.resolve("file"), "file");
        Files.writeString(base.resolve("outside/kept"), "kept");
        for (Map.Entry<String, String> link : LINKS.entrySet()) {
            Files.createSymbolicLink(
                    target.resolve(link.getKey()), Path.of(link.getValue().replace("@", base.toString())));
            Path source = Files.createDirectories(
                    base.resolve("source").resolve(link.getKey()).resolve("sub"));
            Files.writeString(source.resolve("deep"), "deep");
            Files.writeString(source.resolveSibling("file"), "content");
        }
        // With --delete these stay, so that the links to them still lead there.
        for (String name : List.of("real", "real2", "real3", "real4", "foreign", "locked")) {
            Files.createDirectories(base.resolve("source").resolve(name));
        }
        LongAgo.set(base);
        OrdinaryUser.give(base);
        for (String name : List.of("foreign", "foreign/sub", "link-of-others", "locked")) {
            OrdinaryUser.giveAway(target.resolve(name));
        }
        Files.setAttribute(target.resolve("locked"), "unix:mode", 0700);
        return base;
    }

    /** Type, permissions and content of all but the source. A kept link's directory gets its time from Sluice; rsync gives it to the link. */
    private static Map<String, String> left(Path base) throws IOException {
        Map<String, String> left = new TreeMap<>();
        try (Stream<Path> all = Files.walk(base)) {
            for (Path path :
                    all.filter(each -> !each.startsWith(base.resolve("source"))).toList()) {
                Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                String kind = Integer.toOctalString((Integer) Objects.requireNonNull(mode));
                if (Files.isSymbolicLink(path)) {
                    kind += " -> " + Files.readSymbolicLink(path).toString().replace(base.toString(), "@");
                } else if (Files.isRegularFile(path) && !path.endsWith("shell")) {
                    kind += " " + Files.readString(path, StandardCharsets.ISO_8859_1);
                }
                left.put(base.relativize(path).toString(), kind);
            }
        }
        return left;
    }
}
