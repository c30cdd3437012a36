package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The daemon is killed (SIGKILL, so that it can tidy up nothing) while it receives. Each file under its final name is then wholly the old one or wholly the new
 * one; another daemon starts although the first one's pid file and locks are there; and the next transfer makes the trees equal, with {@code --delete} also of
 * what was left behind.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledDaemonIT {
    private static final int FILES = 100;
    private static final int BIG = 12 << 20;
    private static final int PART = 64 << 10;
    private static final int SMALL = 5_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_300_000_000));
    private static final FileTime NEW = FileTime.from(Instant.ofEpochSecond(1_400_000_000));
    private static final String MODULE = """
        [m]
        path = @HOME@/../target
        read only = no
        max connections = 1
        """;

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-a",
                "-aW",
                "-aW --no-i-r",
                "-az --no-i-r",
                "-a --partial",
                "-a --partial-dir=.part",
                "-a --delay-updates",
                "-ab --suffix=~",
                "-a --temp-dir=/tmp-files"
            })
    void leavesWholeFilesAndIsTakenUpAgain(String options) throws Exception {
        Path source = directory.resolve("source");
        Path old = directory.resolve("old");
        Path target = directory.resolve("target");
        fill(source, 1, NEW);
        fill(old, 2, OLD);
        copy(old, target);
        Files.createDirectories(target.resolve("tmp-files"));
        List<String> words = new ArrayList<>(List.of(options.split(" ", -1)));
        words.add("--bwlimit=2m"); // what is new of the big file takes three seconds then
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, directory.resolve("home"), MODULE)) {
            Process client = client(words, source, daemon);
            awaitWork(target, client);
            daemon.kill();
            assertThat(client.waitFor()).as("the client's exit code").isIn(10, 12);
            assertWhole(source, old, target);

            daemon.restart();
            words.removeLast();
            words.addAll(List.of("--stats", "--delete", "--exclude=/tmp-files", "--exclude=*~"));
            words.addAll(List.of(source + "/", daemon.url("m/")));
            Program.Run again = Program.RSYNC.run(directory, words.toArray(String[]::new));
            assertThat(again.exitCode()).as(again.err()).isZero();
            boolean whole = options.startsWith("-aW");
            assertThat(matchedBytes(again))
                    .as("the big file's parts that had not changed")
                    .isBetween(whole ? 0L : BIG / 4, whole ? 0L : Long.MAX_VALUE);
        }
        try (Stream<Path> left = Files.list(target.resolve("tmp-files"))) {
            left.forEach(KilledDaemonIT::delete);
        }
        Files.delete(target.resolve("tmp-files"));
        try (Stream<Path> backups = Files.walk(target)) {
            backups.filter(path -> path.toString().endsWith("~")).forEach(KilledDaemonIT::delete);
        }
        Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
        Files.setLastModifiedTime(target.resolve("many"), Files.getLastModifiedTime(source.resolve("many")));
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
    }

    private static long matchedBytes(Program.Run run) {
        String line = run.lines().stream()
                .filter(text -> text.startsWith("Matched data:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * One file that takes long, in the middle of many that do not; versions differ in content, and half of them in length. Of the large one they have every other
     * part in common, so that a receiver that is killed was putting the new one together of both.
     */
    private static void fill(Path tree, int version, FileTime time) throws IOException {
        Files.createDirectories(tree.resolve("many"));
        Random random = new Random(version);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[SMALL + (i % 2) * version];
            random.nextBytes(content);
            write(tree.resolve("many/file-" + i), content, time);
        }
        byte[] content = new byte[BIG];
        new Random(0).nextBytes(content);
        byte[] part = new byte[PART];
        for (int at = 0; at < BIG; at += 2 * PART) {
            random.nextBytes(part);
            System.arraycopy(part, 0, content, at, PART);
        }
        write(tree.resolve("many/file-50-big"), content, time);
        Files.setLastModifiedTime(tree.resolve("many"), time);
    }

    private static void write(Path file, byte[] content, FileTime time) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(file, time);
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private Process client(List<String> words, Path source, DaemonProcess daemon) throws IOException {
        Program.RSYNC.assumeInstalled();
        List<String> command = Program.RSYNC.rsync();
        command.addAll(words);
        command.add(source + "/");
        command.add(daemon.url("m/"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("client.out").toFile())
                .start();
    }

    /** Waits until the big file is on its way: something unfinished that is larger than every small file. */
    private void awaitWork(Path target, Process client) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isAtWork(target)) {
            assertThat(client.isAlive())
                    .as("the transfer was over too soon: %s", Files.readString(directory.resolve("client.out")))
                    .isTrue();
            assertThat(System.nanoTime()).as("no big file is being received").isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    private static boolean isAtWork(Path target) throws IOException {
        for (Path place : List.of(target.resolve("many"), target.resolve("tmp-files"))) {
            try (Stream<Path> names = Files.list(place)) {
                if (names.anyMatch(KilledDaemonIT::isUnfinished)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isUnfinished(Path path) {
        boolean temporary =
                String.valueOf(path.getFileName()).matches("[.]?file-50-big[.].+"); // no dot in a --temp-dir
        return temporary && path.toFile().length() > 10 * SMALL;
    }

    private static void assertWhole(Path source, Path old, Path target) throws IOException {
        int fresh = 0;
        try (Stream<Path> names = Files.list(source.resolve("many"))) {
            for (Path name : names.toList()) {
                Path place = target.resolve("many").resolve(String.valueOf(name.getFileName()));
                assertThat(Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS))
                        .as("%s is there", place)
                        .isTrue();
                boolean isNew = Files.mismatch(place, name) < 0;
                boolean isOld =
                        Files.mismatch(place, old.resolve("many").resolve(String.valueOf(name.getFileName()))) < 0;
                assertThat(isNew || isOld).as("%s is whole", place).isTrue();
                fresh += isNew ? 1 : 0;
            }
        }
        assertThat(fresh).as("files that had arrived").isLessThan(FILES);
    }
}
