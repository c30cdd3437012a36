package io.sluice.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code daemon uid}, {@code daemon gid} and {@code daemon chroot}: what a connection of either daemon may do then, and who Sluice's process is. */
class DaemonIdentityIT {
    private static final int SOMEBODY = 54_321;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String IDENTITY = "daemon uid = " + SOMEBODY + "\ndaemon gid = " + SOMEBODY + "\n";

    @TempDir
    private Path directory;

    @BeforeEach
    void needsRoot() throws IOException {
        Program.RSYNC.assumeInstalled();
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root changes who it is");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private Path home(Program program) throws IOException {
        Path home = Files.createDirectories(directory.resolve(program.toString()));
        open(home);
        open(Files.createDirectories(home.resolve("tree")));
        Files.writeString(home.resolve("file"), "content");
        return home;
    }

    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static Program.Run push(Path home, String target) throws Exception {
        return Program.RSYNC.run(home, "-rt", "file", target);
    }

    /** A thread that is root still, or has one of root's groups, could be made to use it. */
    @Test
    void changesEveryThread() throws Exception {
        Path home = home(Program.SLUICE);
        String module = IDENTITY + "[m]\nuid =\ngid =\nread only = no\npath = @HOME@/tree\n";
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, home, module)) {
            Path tasks = Path.of("/proc", Files.readString(home.resolve("pid")).strip(), "task");
            assertThat(push(home, daemon.url("m/")).exitCode()).isZero();
            assertThat(identities(tasks)).containsExactly(expected());
        }
        assertThat(Files.getAttribute(home.resolve("tree/file"), "unix:uid")).isEqualTo(SOMEBODY);
        assertThat(Files.getAttribute(home.resolve("tree/file"), "unix:gid")).isEqualTo(SOMEBODY);
        assertThat(home.resolve("pid")).doesNotExist();
    }

    private static String expected() {
        String four = (" " + SOMEBODY).repeat(4);
        return "Uid:" + four + " Gid:" + four + " Groups: " + SOMEBODY
                + " CapPrm: 0000000000000000 CapEff: 0000000000000000";
    }

    /** Each that there is, once; a thread that ends meanwhile has none any more. */
    private static List<String> identities(Path tasks) throws IOException {
        List<String> identities = new ArrayList<>();
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path thread : threads.toList()) {
                status(thread).ifPresent(lines -> identities.add(identity(lines)));
            }
        }
        assertThat(identities).hasSizeGreaterThan(5);
        return identities.stream().distinct().toList();
    }

    private static Optional<List<String>> status(Path thread) throws IOException {
        try {
            return Optional.of(Files.readAllLines(thread.resolve("status")));
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String identity(List<String> status) {
        StringBuilder identity = new StringBuilder();
        for (String line : status) {
            if (line.matches("(Uid|Gid|Groups|CapPrm|CapEff):.*")) {
                identity.append(identity.isEmpty() ? "" : " ")
                        .append(line.strip().replaceAll("\\s+", " "));
            }
        }
        return identity.toString();
    }

    @Test
    void runsCommandsAsThatUserAsRsync() throws Exception {
        assertThat(whoRuns(Program.SLUICE)).isEqualTo(whoRuns(Program.RSYNC)).isEqualTo(SOMEBODY + " " + SOMEBODY);
    }

    private String whoRuns(Program program) throws Exception {
        Path home = home(program);
        String module = IDENTITY
                + "[m]\nuid =\ngid =\nread only = no\npath = @HOME@/tree\npre-xfer exec = echo `id -u` `id -g` > @HOME@/who\n";
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            assertThat(push(home, daemon.url("m/")).exitCode()).isZero();
        }
        return Files.readString(home.resolve("who")).strip();
    }

    /** Who has given up root's rights cannot become a module's user. */
    @Test
    void refusesAModuleOfSomebodyElseAsRsync() throws Exception {
        assertThat(refusal(Program.SLUICE)).isEqualTo(refusal(Program.RSYNC)).contains("@ERROR: setgid failed");
    }

    private String refusal(Program program) throws Exception {
        Path home = home(program);
        String module = IDENTITY + "[m]\nread only = no\npath = @HOME@/tree\n";
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            Program.Run result = push(home, daemon.url("m/"));
            return result.exitCode() + " " + result.err().lines().findFirst().orElse("");
        }
    }

    /** A connection that ends with nothing is all that rsync has for it; Sluice does not even start. */
    @Test
    void doesNotStartAsAUserThatThereIsNot() {
        assertThatThrownBy(() -> DaemonProcess.start(
                        Program.SLUICE, home(Program.SLUICE), "daemon uid = no-such-user\n[m]\npath = @HOME@/tree\n"))
                .hasMessageContaining("Invalid daemon uid: no-such-user");
    }

    /** What the commands see as {@code /} is the directory; there is nothing else that they could run or write. */
    @Test
    void runsCommandsInsideTheRootAsRsync() throws Exception {
        assertThat(insideRoot(Program.SLUICE))
                .isEqualTo(insideRoot(Program.RSYNC))
                .hasSize(5);
    }

    private List<String> insideRoot(Program program) throws Exception {
        Path home = home(program);
        Path root = home.resolve("root");
        installShell(root);
        open(root);
        open(Files.createDirectories(root.resolve("srv")));
        Files.writeString(root.resolve("converter"), "while read kind name; do echo $kind >>/asked; echo 4321; done\n");
        String module = IDENTITY + "daemon chroot = @HOME@/root\n[m]\nuid =\ngid =\nread only = no\npath = /srv\n"
                + "log file = /module.log\n"
                + "early exec = echo early $RSYNC_MODULE_PATH > /early\n"
                + "pre-xfer exec = echo before $RSYNC_MODULE_PATH > /before\n"
                + "post-xfer exec = echo after $RSYNC_EXIT_STATUS > /after\n"
                + "name converter = /bin/sh /converter\nnumeric ids = no\n";
        List<String> seen = new ArrayList<>();
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            Program.Run result = Program.RSYNC.run(home, "-rto", "--super", "file", daemon.url("m/"));
            seen.add("code " + result.exitCode());
            awaitFile(root.resolve("after"));
        }
        for (String file : List.of("early", "before", "after")) {
            seen.add(Files.readString(root.resolve(file)));
        }
        seen.add("log " + Files.readString(root.resolve("module.log")).contains("receiving file list")
                + Files.exists(root.resolve("asked")));
        return seen;
    }

    private static void awaitFile(Path file) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertThat(System.nanoTime()).as(file + " does not come").isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static void installShell(Path root) throws Exception {
        install(Path.of("/bin/sh"), root);
        for (String word : Processes.run(List.of("ldd", "/bin/sh"), root).out().split("\\s+", -1)) {
            if (word.startsWith("/")) {
                install(Path.of(word), root);
            }
        }
    }

    private static void install(Path file, Path root) throws IOException {
        Path place = root.resolve(file.toString().substring(1));
        Files.createDirectories(place.getParent());
        Files.copy(file.toRealPath(), place);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Links that may lead anywhere lead to what the daemon has for its world, as with rsync: a root above the module is one for them too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "daemon chroot = @HOME@/root\n[m]\nuid = 0\ngid = 0\npath = /srv\nuse chroot = no\n",
                "[m]\npath = @HOME@/root/./srv\nuse chroot = yes\nmunge symlinks = no\n"
            })
    void insecureLinksLeadNowhereOutsideTheRootAsRsync(String module) throws Exception {
        String settings = module + "insecure links = yes\n";
        assertThat(throughLinks(Program.SLUICE, settings))
                .isEqualTo(throughLinks(Program.RSYNC, settings))
                .containsEntry("inside", "of the root")
                .doesNotContainKey("outside");
    }

    private Map<String, String> throughLinks(Program program, String module) throws Exception {
        Path home = home(program);
        Path root = home.resolve("root");
        open(Files.createDirectories(root.resolve("srv")));
        Files.writeString(home.resolve("secret"), "of nobody's concern");
        Files.writeString(Files.createDirectories(root.resolve("other")).resolve("file"), "of the root");
        Files.createSymbolicLink(root.resolve("srv/outside"), home.resolve("secret"));
        Files.createSymbolicLink(root.resolve("srv/above"), Path.of("../../secret"));
        Files.createSymbolicLink(root.resolve("srv/inside"), Path.of("/other/file"));
        Map<String, String> got = new TreeMap<>();
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            Program.Run run = Program.RSYNC.run(home, "-rL", daemon.url("m/"), home + "/got/");
            got.put("code", Integer.toString(run.exitCode()));
        }
        for (String name : List.of("outside", "above", "inside")) {
            Path file = home.resolve("got").resolve(name);
            if (Files.exists(file)) {
                got.put(name, Files.readString(file));
            }
        }
        return got;
    }

    /** A user who may not change the root cannot keep commands inside of it: then they are not run at all. */
    @Test
    void doesNotRunCommandsOutsideOfTheRoot() throws Exception {
        Path home = home(Program.SLUICE);
        Path root = home.resolve("root");
        open(Files.createDirectories(root.resolve("srv")));
        String module = "[m]\nuid =\ngid =\nread only = no\npath = " + home + "/tree\npre-xfer exec = echo x > " + home
                + "/outside\n";
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, home, IDENTITY + module)) {
            Files.writeString(
                    home.resolve("rsyncd.conf"),
                    "log file = " + home + "/log\ndaemon chroot = " + root + "\n"
                            + module.replace(home + "/tree", "/srv"));
            Program.Run result = push(home, daemon.url("m/"));
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.err()).contains("@ERROR");
            assertThat(daemon.log()).contains("daemon chroot(\"" + root + "\") failed: Operation not permitted (1)");
        }
        assertThat(home.resolve("outside")).doesNotExist();
        assertThat(new String(Files.readAllBytes(home.resolve("output")), UTF_8))
                .doesNotContain("Exception");
    }
}
