package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code --detect-renamed} with an rsync that has never heard of it at the other end: a renamed file and a renamed directory cost a hundredth of their size.
 * Their content is random: nothing but the files of the old names can save it.
 */
class RenamedIT {
    private static final int SIZE = 6_000_000;
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_300_000_000));

    @TempDir
    private Path directory;

    private Path source;
    private Path target;

    @BeforeEach
    void makeTrees() throws IOException {
        Program.RSYNC.assumeInstalled();
        source = directory.resolve("source");
        target = directory.resolve("target");
        for (Path root : List.of(source, target)) {
            boolean here = root.equals(target);
            write(root.resolve(here ? "one" : "moved/to/another"), 1, SIZE);
            write(root.resolve(here ? "old/a" : "new/a"), 2, SIZE / 2);
            write(root.resolve(here ? "old/sub/b" : "new/sub/b"), 3, SIZE / 2);
            write(root.resolve("stays"), 4, 1000);
        }
        // Before protocol 31, times travel as whole seconds.
        for (String name : List.of("moved/to", "moved", "new/sub", "new", "")) {
            Files.setLastModifiedTime(source.resolve(name), OLD);
        }
    }

    private static void write(Path file, int seed, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content);
        Files.setLastModifiedTime(file, OLD);
    }

    private String module(Path path) {
        String chroot = "root".equals(System.getProperty("user.name")) ? "yes" : "no";
        return "[tree]\npath = " + path + "\nuse chroot = " + chroot + "\nread only = no\n";
    }

    private static long traffic(Program.Run run) {
        long sum = 0;
        for (String line : run.lines()) {
            if (line.startsWith("Total bytes ")) {
                sum += Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        assertThat(sum).as(run.out() + run.err()).isPositive();
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {27, 28, 29, 30, 31, 32})
    void aPullFromRsyncBringsOnlySums(int version) throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(Program.RSYNC, directory.resolve("home"), module(source))) {
            String[] options = {"-a", "--delete", "--stats", "--detect-renamed", "--protocol=" + version};
            List<String> words = new ArrayList<>(List.of(options));
            words.addAll(List.of(daemon.url("tree/"), target + "/"));
            check(Program.SLUICE.run(directory, words.toArray(String[]::new)));
        }
    }

    @Test
    void aPushFromRsyncBringsOnlySums() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, directory.resolve("home"), module(target))) {
            check(Program.RSYNC.run(
                    directory, "-a", "--delete", "--stats", "-M--detect-renamed", source + "/", daemon.url("tree/")));
        }
    }

    private void check(Program.Run run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(traffic(run)).isLessThan(2 * SIZE / 100);
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
    }

    /** The old name goes only when everything has come: what broke off begins again where it was. */
    @Test
    void aTransferThatBreaksOffLosesNothing() throws Exception {
        write(source.resolve("fresh"), 5, SIZE);
        try (DaemonProcess daemon = DaemonProcess.start(Program.RSYNC, directory.resolve("home"), module(source))) {
            try (CuttingProxy proxy = new CuttingProxy(daemon.port(), Long.MAX_VALUE, SIZE / 4)) {
                String cut = "rsync://127.0.0.1:" + proxy.port() + "/tree/";
                Program.Run run =
                        Program.SLUICE.run(directory, "-a", "--delete", "--detect-renamed", cut, target + "/");
                assertThat(run.exitCode()).as(run.err()).isIn(10, 12);
            }
            for (String name : List.of("one", "old/a", "old/sub/b")) {
                assertThat(target.resolve(name)).exists();
            }
            Files.delete(source.resolve("fresh"));
            Files.setLastModifiedTime(source, OLD);
            check(Program.SLUICE.run(
                    directory, "-a", "--delete", "--stats", "--detect-renamed", daemon.url("tree/"), target + "/"));
        }
    }

    /** A daemon's administrator can forbid it as every other option. */
    @Test
    void aDaemonCanRefuseIt() throws Exception {
        String module = module(target) + "refuse options = detect-renamed\n";
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, directory.resolve("home"), module)) {
            Program.Run run =
                    Program.RSYNC.run(directory, "-a", "-M--detect-renamed", source + "/", daemon.url("tree/"));
            assertThat(run.exitCode()).isNotZero();
            assertThat(run.err()).contains("detect-renamed");
        }
    }
}
