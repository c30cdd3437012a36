package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Symlinks that come to a module without munging, and those that are followed where {@code insecure links} says so: both daemons do the same. */
class StoredLinksIT {
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_400_000_000));

    @TempDir
    private Path directory;

    @BeforeEach
    void needsRsync() {
        Program.RSYNC.assumeInstalled();
    }

    /** What a link says when it is stored may be followed by anybody: it must not name a place outside of the module. */
    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void storesNoTargetThatLeadsOutAsRsync(String insecure) throws Exception {
        Map<String, String> ours = stored(Program.SLUICE, insecure);
        assertThat(ours).isEqualTo(stored(Program.RSYNC, insecure)).hasSize(11);
        assertThat(ours.values()).noneMatch(target -> target.startsWith("/"));
        assertThat(ours).containsEntry("l1", "out").containsEntry("d/l1", "../out");
    }

    private Map<String, String> stored(Program program, String insecure) throws Exception {
        Path home = Files.createDirectories(directory.resolve(program + insecure));
        Path source = Files.createDirectories(home.resolve("source/d")).getParent();
        Files.createDirectories(home.resolve("tree"));
        List<String> targets = List.of("a/../b", "../out", "/etc/passwd", "sub/../../../x", "./y/");
        for (int i = 0; i < targets.size(); i++) {
            Files.createSymbolicLink(home.resolve("source/l" + i), Path.of(targets.get(i)));
            Files.createSymbolicLink(home.resolve("source/d/l" + i), Path.of(targets.get(i)));
        }
        Map<String, String> links = new TreeMap<>();
        String module =
                "[m]\npath = @HOME@/tree\nread only = no\nmunge symlinks = no\ninsecure links = " + insecure + "\n";
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            assertThat(Program.RSYNC
                            .run(home, "-rlt", "source/", daemon.url("m/"))
                            .exitCode())
                    .as(String.valueOf(source))
                    .isZero();
            Program.Run again = Program.RSYNC.run(home, "-rlti", "source/", daemon.url("m/"));
            links.put("second run", again.out()); // finds up to date what was stored otherwise than it was sent
        }
        try (Stream<Path> files = Files.walk(home.resolve("tree"))) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                links.put(
                        home.resolve("tree").relativize(link).toString(),
                        Files.readSymbolicLink(link).toString());
            }
        }
        return links;
    }

    /** A list that is sent to a module is shown with the targets that it would store. */
    @ParameterizedTest
    @ValueSource(strings = {"munge symlinks = yes", "munge symlinks = no"})
    void listsTheTargetsThatItWouldStoreAsRsync(String munging) throws Exception {
        List<String> ours = listed(Program.SLUICE, munging);
        assertThat(ours).isEqualTo(listed(Program.RSYNC, munging)).hasSize(3);
        assertThat(ours).filteredOn(line -> line.contains("/rsyncd-munged/")).hasSize(munging.endsWith("yes") ? 3 : 0);
    }

    private List<String> listed(Program program, String munging) throws Exception {
        Path home = Files.createDirectories(directory.resolve(program.toString()));
        Files.createDirectories(home.resolve("tree"));
        Path source = Files.createDirectories(home.resolve("source"));
        for (String target : List.of("a/../b", "../../out", "/etc/passwd")) {
            Files.createSymbolicLink(source.resolve("to" + target.length()), Path.of(target));
        }
        String module = "[m]\npath = @HOME@/tree\nread only = no\n" + munging + "\n";
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            return Program.RSYNC.run(home, "-rl", "--list-only", "source/", daemon.url("m/")).lines().stream()
                    .filter(line -> line.startsWith("l"))
                    .map(line -> line.substring(line.indexOf("to")))
                    .toList();
        }
    }

    /** The same file stands behind the link: where that is followed, there is nothing to transfer. */
    @ParameterizedTest
    @ValueSource(strings = {"inside", "../outside", "@HOME@/outside"})
    void comparesThroughLinksWhereTheModuleSaysSoAsRsync(String target) throws Exception {
        assertThat(compared(Program.SLUICE, target, "/link"))
                .isEqualTo(compared(Program.RSYNC, target, "/link"))
                .isEqualTo("0 false");
    }

    /** What a client names by itself is beneath the module's root still; only links lead out. */
    @Test
    void takesNoNameOfAClientsForOneOutsideOfTheModule() throws Exception {
        assertThat(compared(Program.SLUICE, "inside", directory + "/SLUICE/outside"))
                .isEqualTo(compared(Program.RSYNC, "inside", directory + "/RSYNC/outside"))
                .isEqualTo("0 true");
    }

    private String compared(Program program, String target, String option) throws Exception {
        Path home = Files.createDirectories(directory.resolve(program.toString()));
        for (String place : new String[] {"source", "outside", "tree/inside"}) {
            write(Files.createDirectories(home.resolve(place)).resolve("file"));
        }
        Files.createSymbolicLink(home.resolve("tree/link"), Path.of(target.replace("@HOME@", home.toString())));
        String module = "[m]\npath = @HOME@/tree\nread only = no\ninsecure links = yes\n";
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            Program.Run run = Program.RSYNC.run(home, "-rt", "--compare-dest=" + option, "source/", daemon.url("m/"));
            return run.exitCode() + " " + Files.exists(home.resolve("tree/file"));
        }
    }

    private static void write(Path file) throws IOException {
        Files.writeString(file, "content");
        Files.setLastModifiedTime(file, OLD);
    }
}
