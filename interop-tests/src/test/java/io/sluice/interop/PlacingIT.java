package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How files get to their places: backups, other directories to compare with, similar names, partial and temporary directories, appending. Each case is run
 * by two rsyncs first, and what they tell and leave is what Sluice must tell and leave in either role. The scene has files for every branch (equal, other
 * attributes, other content, missing, of another type), so a case that does nothing cannot pass unless rsync does nothing either.
 */
class PlacingIT {
    private static final int LARGE = 60_000;
    private static final long LONG_AGO = 1_500_000_000L;
    /** Times of the test's own run, which differ. */
    private static final String RECENT = "mtime=(?:1[7-9]|[2-9]\\d)\\d{8}\\.\\d+";

    @TempDir
    private Path directory;

    private Path work;
    private Path shell;

    static Stream<Arguments> cases() {
        List<String> options = List.of(
                "-ai -b --delete",
                "-ai -b --suffix=.orig --delay-updates",
                "-aivv --backup-dir=../kept --delete",
                "-ai --backup-dir=inside/deep --delete-after",
                "-ai -b --inplace --no-whole-file",
                "-aii --compare-dest=../old --compare-dest=../older",
                "-aii --copy-dest=../old --copy-dest=../older",
                "-aii --link-dest=../old --link-dest=../older",
                "-rlii --link-dest=../old",
                "-aiin --link-dest=../old",
                "-ai -y --delete-after",
                "-ai -yy --link-dest=../old",
                "-ai --partial-dir=.unfinished --delay-updates",
                "-ai --temp-dir=/tmp",
                "-ai --append",
                "-ai --append-verify",
                "-ai --preallocate --fsync",
                "-ai -S --inplace",
                "-aiz --compress-choice=zlib --compress-level=0");
        List<Pairing> pairings = Pairing.all()
                .filter(pairing -> pairing.client() != pairing.daemon())
                .toList();
        return options.stream().flatMap(each -> pairings.stream().map(pairing -> Arguments.of(each, pairing)));
    }

    @BeforeEach
    void makeShell() throws IOException {
        work = directory.resolve("work");
        shell = Files.writeString(directory.resolve("shell"), "#!/bin/sh\nshift\nexec sh -c \"$*\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void placesFilesAsRsyncDoes(String options, Pairing pairing) throws Exception {
        Result expected = transfer(options, new Pairing(Program.RSYNC, Program.RSYNC, pairing.push()));
        Result actual = transfer(options, pairing);
        assertThat(actual.tree()).isEqualTo(expected.tree());
        assertThat(actual.lines()).isEqualTo(expected.lines());
    }

    private record Result(Map<String, String> tree, List<String> lines) {}

    private Result transfer(String options, Pairing pairing) throws Exception {
        makeScene();
        pairing.client().assumeInstalled();
        pairing.daemon().assumeInstalled();
        String source = work.resolve("source") + "/";
        String target = work.resolve("target") + "/";
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.add("--rsh=" + shell);
        arguments.add("--rsync-path=" + String.join(" ", pairing.daemon().rsync()));
        arguments.add(pairing.push() ? source : "host:" + source);
        arguments.add(pairing.push() ? "host:" + target : target);
        Program.Run run = pairing.client().run(work, arguments.toArray(String[]::new));
        List<String> lines =
                run.lines().stream().filter(PlacingIT::isItem).sorted().toList();
        return new Result(tree(), lines);
    }

    /** What is told about files, not about the connection. */
    private static boolean isItem(String line) {
        return line.matches("[<>ch.*][fdLDS.d].{9} .*|\\*deleting .*|backed up .*|\\(new\\) backup_dir .*");
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        for (Map.Entry<String, String> entry : TreeSnapshot.of(work).entrySet()) {
            Path path = work.resolve(entry.getKey());
            Object links = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    ? ""
                    : Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
            tree.put(entry.getKey(), entry.getValue().replaceAll(RECENT, "mtime=now") + " links=" + links);
        }
        return tree;
    }

    private void makeScene() throws IOException {
        TreeRemoval.remove(work);
        for (String name : List.of("source/sub/deep", "target/sub", "target/gone", "old/sub", "older", "source/new")) {
            Files.createDirectories(work.resolve(name));
        }
        both("equal", "equal", "equal", 0);
        both("updated", "new content", "old content!", 5);
        both("sub/large", large(1) + "tail", large(1), 9);
        both("grown", "0123456789".repeat(50), "0123456789".repeat(20), 4);
        both("shrunk", "0123456789".repeat(5), "0123456789".repeat(20), 4);
        file("source/sub/deep/new", "all new", 1, "rw-r--r--");
        file("source/sub/mode", "mode", 0, "rwxr-xr-x");
        file("target/sub/mode", "mode", 0, "rw-------");
        file("source/in-old", "in old", 0, "rw-r--r--");
        file("old/in-old", "in old", 0, "rw-r--r--");
        file("source/in-older", "in older", 0, "rw-r--r--");
        file("older/in-older", "in older", 0, "rw-r--r--");
        file("source/other-mode", "other mode", 0, "rw-r-----");
        file("old/other-mode", "other mode", 0, "rw-------");
        file("source/sub/changed", large(2) + "x", 3, "rw-r--r--");
        file("old/sub/changed", large(2), 0, "rw-r--r--");
        file("source/sub/report-2024.txt", large(3) + "z", 3, "rw-r--r--");
        file("target/sub/report-2023.txt", large(3), 1, "rw-r--r--");
        file("target/gone/file", "gone", 0, "rw-r--r--");
        file("target/leaves~", "a backup", 0, "rw-r--r--");
        link("source/link", "equal");
        link("target/link", "elsewhere");
        link("source/old-link", "equal");
        link("old/old-link", "equal");
        oldDirectories();
    }

    private void both(String name, String source, String target, int seconds) throws IOException {
        file("source/" + name, source, seconds, "rw-r--r--");
        file("target/" + name, target, 0, "rw-r--r--");
    }

    private void file(String name, String content, int seconds, String permissions) throws IOException {
        Path file = Files.writeString(work.resolve(name), content, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(LONG_AGO + seconds)));
    }

    private void link(String name, String target) throws IOException {
        Path link = Files.createSymbolicLink(work.resolve(name), Path.of(target));
        String time = "@" + LONG_AGO;
        try {
            new ProcessBuilder("touch", "-h", "-d", time, link.toString())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String large(long seed) {
        byte[] bytes = new byte[LARGE];
        new Random(seed).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void oldDirectories() throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(LONG_AGO - 100)));
                }
            }
        }
    }
}
