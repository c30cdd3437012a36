package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of file comes to a name that each kind of file has: what rsync and Sluice print, say, leave and return must be the same. All pairs are in one
 * directory, each under a name that says which it is.
 */
@NeedsRsync
class KindsIT {
    private static final List<String> KINDS =
            List.of("none", "file", "same", "empty", "full", "dangling", "link", "fifo");
    private static final Instant OLD = Instant.ofEpochSecond(1_400_000_000);

    @TempDir
    private Path directory;

    static Stream<Arguments> cases() {
        List<String> sets = List.of(
                "-aii --ignore-existing",
                "-ai --ignore-existing --delete",
                "-aivv --existing",
                "-ai --existing --ignore-existing --delete",
                "-aii --update --force",
                "-ai --delete --backup",
                "-aivv --inplace --no-D",
                "-ai --force --size-only",
                "-aii --ignore-times --delete-after",
                "-ani --delete --update",
                "-ai --ignore-existing --no-i-r",
                "-ai --backup --existing --protocol=29");
        List<Arguments> all = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            all.add(Arguments.of(sets.get(i), i % 2 == 0));
        }
        return all.stream();
    }

    /** @param pull with Sluice as the client, else as the server; it receives */
    @ParameterizedTest
    @MethodSource("cases")
    void eachKindOnEachKindEndsAsWithRsync(String options, boolean pull) throws Exception {
        Outcome expected = run(options, pull, Program.RSYNC, Program.RSYNC);
        Outcome actual =
                run(options, pull, pull ? Program.SLUICE : Program.RSYNC, pull ? Program.RSYNC : Program.SLUICE);
        assertThat(expected.left()).hasSizeGreaterThan(KINDS.size() * (KINDS.size() - 1));
        assertThat(actual.left()).isEqualTo(expected.left());
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
        assertThat(actual.errors()).containsExactlyInAnyOrderElementsOf(expected.errors());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode());
    }

    private record Outcome(int exitCode, List<String> lines, List<String> errors, Map<String, String> left) {}

    private Outcome run(String options, boolean pull, Program client, Program server)
            throws IOException, InterruptedException {
        Path base = Files.createDirectory(directory.resolve(client + "-" + server));
        fill(base);
        Path shell = Files.writeString(directory.resolve("shell"), "#!/bin/sh\nshift\nexec sh -c \"$*\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("-e", shell.toString(), "--rsync-path=" + String.join(" ", server.rsync())));
        arguments.add((pull ? "host:" : "") + base + "/source/");
        arguments.add((pull ? "" : "host:") + base + "/target/");
        Program.Run run = client.run(base, arguments.toArray(String[]::new));
        return new Outcome(
                run.exitCode(), masked(run.out(), base), masked(run.err(), base), snapshot(base.resolve("target")));
    }

    private static List<String> masked(String text, Path base) {
        return text.replace(base.toString(), "")
                .lines()
                .filter(line -> !line.matches("(sent|total|sending|receiving|delta-trans|opening|building) ?.*|"))
                .map(line -> line.replaceAll("total: matches.*| at .*", ""))
                .toList();
    }

    private static void fill(Path base) throws IOException, InterruptedException {
        for (String side : List.of("source", "target")) {
            Path tree = Files.createDirectories(base.resolve(side));
            boolean target = side.equals("target");
            for (String coming : KINDS) {
                for (String present : KINDS) {
                    make(tree.resolve(coming + "-" + present), target ? present : coming, side);
                }
            }
            run("find", tree + "", "-exec", "touch", "-h", "-d", "@" + time(target), "{}", "+");
            run("find", tree + "", "-name", "*same*", "-exec", "touch", "-h", "-d", "@" + time(false), "{}", "+");
        }
    }

    private static long time(boolean target) {
        return OLD.getEpochSecond() + (target ? 100 : 0);
    }

    /** Java can set the time neither of a link nor of a fifo. */
    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static void make(Path path, String kind, String side) throws IOException, InterruptedException {
        switch (kind) {
            case "file" -> Files.writeString(path, "content of " + side);
            case "same" -> Files.writeString(path, "the same");
            case "empty" -> Files.createDirectory(path);
            case "full" -> {
                Files.createDirectory(path);
                Files.writeString(path.resolve("both"), "in " + side);
                Files.writeString(path.resolve("only-" + side), side);
            }
            case "dangling" -> Files.createSymbolicLink(path, Path.of("nowhere-" + side));
            case "link" -> Files.createSymbolicLink(path, Path.of("file-file"));
            case "fifo" -> run("mkfifo", path.toString());
            default -> assertThat(kind).isEqualTo("none");
        }
    }

    /** Type, mode, content and target, and the time unless it is that of the run. */
    private static Map<String, String> snapshot(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Map<String, Object> status = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
                String text = Integer.toOctalString((Integer) Objects.requireNonNull(status.get("mode")));
                if (Files.isSymbolicLink(path)) {
                    text += " -> " + Files.readSymbolicLink(path);
                } else {
                    FileTime time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
                    boolean ofRun = time.toInstant().isAfter(OLD.plusSeconds(1000));
                    text += " " + (ofRun ? "now" : time.toString());
                    text += Files.isRegularFile(path) ? " " + Files.readString(path) : "";
                }
                entries.put(root.relativize(path).toString(), text);
            }
        }
        return entries;
    }
}
