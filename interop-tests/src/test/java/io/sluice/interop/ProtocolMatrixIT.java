package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.interop.Program.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each protocol version, with every pairing of the programs, to a daemon and through a shell: a tree with every kind of file arrives equal over one that was
 * there before, three names of a file are one there as well, what is not in it is deleted and what a rule hides is left alone. Every file differs from its basis somewhere, so the sums of blocks and
 * whole files take part.
 */
class ProtocolMatrixIT {
    private static final int OLDEST = 27;
    private static final int NEWEST = 32;
    /** The first version whose list has nanoseconds. */
    private static final int NANOSECONDS = 31;

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path source;
    private Path target;

    static Stream<Arguments> cells() {
        return Pairing.all()
                .flatMap(pairing -> IntStream.rangeClosed(OLDEST, NEWEST).mapToObj(v -> Arguments.of(pairing, v)));
    }

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        SampleTree.odd(source, 2);
        Files.createDirectories(source.resolve("sub/a"));
        Files.writeString(source.resolve("sub/a-b"), "between a directory and its content in the old order");
        Files.writeString(source.resolve("sub/a/inner"), "x".repeat(100_000) + "new" + "y".repeat(100_000));
        Files.createLink(source.resolve("sub/a/other-name"), source.resolve("sub/a/inner"));
        Files.createLink(source.resolve("sub/third-name"), source.resolve("sub/a/inner"));
        // rsync takes times within one second for equal, so those that stay have one of long ago.
        for (String old : List.of("sub/a/inner", "sub/a", "sub/a-b", "sub", "")) {
            Files.setLastModifiedTime(source.resolve(old), FileTime.from(Instant.ofEpochSecond(1_400_000_000, 7)));
        }
        Files.createDirectories(target.resolve("sub/a"));
        Files.writeString(target.resolve("sub/a/inner"), "x".repeat(100_000) + "o" + "y".repeat(100_000));
        Files.createDirectories(target.resolve("gone/deep"));
        Files.writeString(target.resolve("gone/deep/file"), "to be deleted");
        Files.writeString(target.resolve("sub/kept.local"), "hidden by a rule");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void treesArriveEqualThroughAShell(Pairing pairing, int version) throws Exception {
        pairing.client().assumeInstalled();
        pairing.daemon().assumeInstalled();
        String here = pairing.push() ? source + "/" : "host:" + source + "/";
        String there = pairing.push() ? "host:" + target : target.toString();
        check(
                run(
                        pairing,
                        version,
                        List.of("-e", shell().toString(), "--rsync-path=" + program(pairing)),
                        here,
                        there),
                version);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void treesArriveEqualOverTcp(Pairing pairing, int version) throws Exception {
        pairing.client().assumeInstalled();
        // Only where links can lead nowhere else does rsync's daemon leave absolute ones as they are.
        String links = "munge symlinks = no\nuse chroot = "
                + ("root".equals(System.getProperty("user.name")) ? "yes" : "no") + "\n";
        String modules = "[source]\npath = " + source + "\n" + links + "[target]\npath = " + target + "\n" + links
                + "read only = no\nauth users = web1user\nsecrets file = @HOME@/secrets\n";
        try (DaemonProcess daemon = DaemonProcess.start(pairing.daemon(), directory.resolve("home"), modules)) {
            String here = pairing.push() ? source + "/" : daemon.url("source/");
            String there = pairing.push() ? daemon.url("target/") : target.toString();
            check(run(pairing, version, List.of(), here, there), version);
        }
    }

    private Run run(Pairing pairing, int version, List<String> more, String here, String there) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-aH", "-c", "--delete", "--exclude=*.local"));
        arguments.add("--protocol=" + version);
        arguments.addAll(more);
        arguments.add(here);
        arguments.add(there);
        return pairing.client().run(directory, arguments.toArray(String[]::new));
    }

    private void check(Run run, int version) throws IOException {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(target.resolve("sub/kept.local")).exists();
        Files.delete(target.resolve("sub/kept.local"));
        Map<String, String> sent = comparable(source, version);
        assertThat(sent).hasSizeGreaterThan(20);
        Map<String, String> arrived = comparable(target, version);
        arrived.put("sub", sent.get("sub")); // it lost a file just now, and with that its time
        assertThat(arrived).isEqualTo(sent);
        Object inode = Files.getAttribute(target.resolve("sub/a/inner"), "unix:ino");
        assertThat(Files.getAttribute(target.resolve("sub/a/other-name"), "unix:ino"))
                .isEqualTo(inode);
        assertThat(Files.getAttribute(target.resolve("sub/third-name"), "unix:ino"))
                .isEqualTo(inode);
    }

    /** Older versions carry times to the second, as an unsigned int. */
    private static Map<String, String> comparable(Path tree, int version) throws IOException {
        Map<String, String> entries = new TreeMap<>(TreeSnapshot.of(tree));
        if (version < NANOSECONDS) {
            entries.replaceAll((path, entry) -> entry.replaceAll("(mtime=-?\\d+)\\.\\d{9}", "$1"));
        }
        return entries;
    }

    /** Runs the command that would run on the host here, as a shell would. */
    private Path shell() throws IOException {
        return script("shell", "shift\nexec /bin/sh -c \"$*\"\n");
    }

    private Path program(Pairing pairing) throws IOException {
        StringBuilder line = new StringBuilder("exec");
        for (String word : pairing.daemon().rsync()) {
            line.append(" '").append(word).append('\'');
        }
        return script("program", line + " \"$@\"\n");
    }

    private Path script(String name, String body) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + body, StandardCharsets.UTF_8);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
