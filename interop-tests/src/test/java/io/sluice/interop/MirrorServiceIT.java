package io.sluice.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mirror as a process, under a program that does what systemd does, with a daemon as its replica or a program behind a remote shell. */
@Timeout(300)
class MirrorServiceIT {
    /** Starts what it is told to and prints its process id, then each datagram that comes, on a line. */
    private static final String MANAGER = """
            import os, signal, socket, sys
            path, command = sys.argv[1], sys.argv[2:]
            notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            notify.bind(path)
            child = os.fork()
            if child == 0:
                os.environ['NOTIFY_SOCKET'] = path
                signal.signal(signal.SIGHUP, signal.SIG_DFL)
                os.execvp(command[0], command)
            print(child, flush=True)
            while True:
                text = notify.recv(4096).decode().strip()
                print(text.replace('\\n', ' '), flush=True)
                if text == 'STOPPING=1':
                    break
            os.waitpid(child, 0)
            """;

    private static final String MODULES = """
            [one]
            path = @HOME@/one
            read only = no
            munge symlinks = no
            [two]
            path = @HOME@/two
            read only = no
            munge symlinks = no
            """;

    private static final Path UNIT = Path.of("..", "watcher", "systemd", "sluice-mirror.service");

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private Process manage(String... wrapper) throws Exception {
        Assumptions.assumeTrue(
                Processes.run(List.of("sh", "-c", "command -v python3"), temporary)
                                .exitCode()
                        == 0,
                "python3 is not installed");
        List<String> command = new ArrayList<>(List.of(
                "python3",
                Files.writeString(temporary.resolve("manager.py"), MANAGER).toString(),
                temporary.resolve("notify").toString()));
        command.addAll(List.of(wrapper));
        command.addAll(Launch.command(
                "mirror", "--config", temporary.resolve("mirror.conf").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(temporary.resolve("errors").toFile());
        // What the mirror says goes to a file, what the manager says is read here.
        command.add(3, "sh");
        command.add(4, "-c");
        command.add(5, "exec \"$@\" > '" + temporary.resolve("log") + "'");
        command.add(6, "sh");
        Process manager = builder.command(command).start();
        started.add(manager);
        return manager;
    }

    private void configure(String... sections) throws IOException {
        Files.writeString(temporary.resolve("mirror.conf"), String.join("", sections));
    }

    private String section(String name, String replica, String more) throws IOException {
        Path source = temporary.resolve("source-" + name);
        if (!Files.exists(source)) {
            Files.createDirectories(source);
            Files.writeString(source.resolve("first"), "first of " + name);
        }
        return "[" + name + "]\npath = " + source + "\nreplicas = " + replica + "\n" + more;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in time: " + what + "\n" + Files.readString(temporary.resolve("log"))
                        + Files.readString(temporary.resolve("errors")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean has(Path file, String content) throws IOException {
        return Files.exists(file) && Files.readString(file).equals(content);
    }

    private void signal(long process, String name) throws Exception {
        assertThat(Processes.run(List.of("kill", "-" + name, Long.toString(process)), temporary)
                        .exitCode())
                .isZero();
    }

    private long count(String text) throws IOException {
        return Files.readString(temporary.resolve("log"))
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    /** That the section which did not change goes on shows in that it is synchronized once, and yet follows its source to the end. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void tellsHowItIsAndReadsItsConfigurationAnew(Program program) throws Exception {
        Path home = temporary.resolve("node");
        Files.createDirectories(home.resolve("one"));
        Files.createDirectories(home.resolve("two"));
        try (DaemonProcess node = DaemonProcess.start(program, home, MODULES)) {
            String one = section("one", node.url("one/"), "");
            configure(one);
            Process manager = manage();
            try (BufferedReader said = manager.inputReader(UTF_8)) {
                long mirror = Long.parseLong(said.readLine());
                assertThat(said.readLine()).isEqualTo("READY=1 STATUS=mirroring 1 source to 1 replica");
                await("the first file", () -> has(home.resolve("one/first"), "first of one"));
                await("the log", () -> count("synchronized") == 1);

                configure(one, section("two", node.url("two/"), ""));
                signal(mirror, "HUP");
                assertThat(said.readLine()).matches("RELOADING=1 MONOTONIC_USEC=[0-9]+");
                assertThat(said.readLine()).isEqualTo("READY=1 STATUS=mirroring 2 sources to 2 replicas");
                await("the file of the new section", () -> has(home.resolve("two/first"), "first of two"));
                await("the log", () -> count("synchronized") == 2);

                configure(one, "settle = never\n");
                signal(mirror, "HUP");
                assertThat(said.readLine()).startsWith("RELOADING=1");
                assertThat(said.readLine()).isEqualTo("READY=1 STATUS=mirroring 2 sources to 2 replicas");
                assertThat(temporary.resolve("errors"))
                        .content()
                        .contains("mirror.conf:4: error: settle: never")
                        .contains("configuration is kept as it was");
                Files.writeString(temporary.resolve("source-two/second"), "second");
                await("a change after that", () -> has(home.resolve("two/second"), "second"));

                configure(one);
                signal(mirror, "HUP");
                assertThat(said.readLine()).startsWith("RELOADING=1");
                assertThat(said.readLine()).isEqualTo("READY=1 STATUS=mirroring 1 source to 1 replica");
                Files.writeString(temporary.resolve("source-one/second"), "second");
                await("a change of the section that stayed", () -> has(home.resolve("one/second"), "second"));
                assertThat(count("synchronized")).isEqualTo(2);

                signal(mirror, "TERM");
                assertThat(said.readLine()).isEqualTo("STOPPING=1");
                assertThat(manager.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** The remote shell is a script that starts the program here; its name is quoted, as a person would quote one with options. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void reachesReplicasThroughARemoteShell(Program program) throws Exception {
        Path copy = Files.createDirectories(temporary.resolve("copy"));
        Files.writeString(copy.resolve("stray"), "goes");
        Path shell = RemoteShell.of(temporary, program, "");
        configure(section("one", "elsewhere:" + copy, "options = -e '" + shell + "'\n"));
        Process manager = manage();
        try (BufferedReader said = manager.inputReader(UTF_8)) {
            long mirror = Long.parseLong(said.readLine());
            assertThat(said.readLine()).startsWith("READY=1");
            await("the first file", () -> has(copy.resolve("first"), "first of one"));
            await("the stray file", () -> !Files.exists(copy.resolve("stray")));
            Files.writeString(temporary.resolve("source-one/second"), "second");
            Files.delete(temporary.resolve("source-one/first"));
            await("the change", () -> has(copy.resolve("second"), "second") && !Files.exists(copy.resolve("first")));
            signal(mirror, "TERM");
            assertThat(said.readLine()).isEqualTo("STOPPING=1");
        }
        Program.Run verified = Processes.run(
                Launch.command(
                        "verify", "--config", temporary.resolve("mirror.conf").toString()),
                temporary);
        assertThat(verified.out()).startsWith("[one] elsewhere:" + copy + ": equal (2 entries");
        assertThat(verified.exitCode()).isZero();
    }

    /** What others know as a mirror that does not delete; that the new file has arrived shows that the deletions have been looked at. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void deletesNothingThatIsProtected(Program program) throws Exception {
        Path home = temporary.resolve("node");
        Files.createDirectories(home.resolve("one"));
        Files.writeString(home.resolve("one/stray"), "stays");
        try (DaemonProcess node = DaemonProcess.start(program, home, MODULES)) {
            configure(section("one", node.url("one/"), "filter = P *\n"));
            Process manager = manage();
            try (BufferedReader said = manager.inputReader(UTF_8)) {
                long mirror = Long.parseLong(said.readLine());
                await("the first file", () -> has(home.resolve("one/first"), "first of one"));
                Files.delete(temporary.resolve("source-one/first"));
                await("the deletion", () -> count("1 paths") + count("2 paths") >= 1);
                Files.writeString(temporary.resolve("source-one/second"), "second");
                await("the new file", () -> has(home.resolve("one/second"), "second"));
                assertThat(home.resolve("one/first")).hasContent("first of one");
                assertThat(home.resolve("one/stray")).hasContent("stays");
                signal(mirror, "TERM");
                assertThat(manager.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static String capabilities() throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith("CapabilityBoundingSet="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow()
                .toLowerCase(Locale.ROOT)
                .replace("cap_", "+")
                .replace(' ', ',');
    }

    /** Files of others, which nobody else may read, arrive; what the log says of the means shows that the rights were those. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",-sys_admin"})
    void needsNoMoreRightsThanItsUnitGives(String less) throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "left out: it takes root, and setpriv");
        Path home = temporary.resolve("node");
        Files.createDirectories(home.resolve("one"));
        try (DaemonProcess node = DaemonProcess.start(Program.SLUICE, home, MODULES)) {
            configure(section("one", node.url("one/"), ""));
            Path source = temporary.resolve("source-one");
            Files.setAttribute(source.resolve("first"), "unix:uid", 12_345);
            Files.setPosixFilePermissions(source.resolve("first"), PosixFilePermissions.fromString("rw-------"));
            Files.setAttribute(source, "unix:uid", 12_345);
            Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwx------"));
            Process manager = manage("setpriv", "--no-new-privs", "--bounding-set", "-all," + capabilities() + less);
            try (BufferedReader said = manager.inputReader(UTF_8)) {
                long mirror = Long.parseLong(said.readLine());
                assertThat(said.readLine()).startsWith("READY=1");
                await("the file", () -> has(home.resolve("one/first"), "first of one"));
                assertThat(count(less.isEmpty() ? "by fanotify" : "by inotify")).isEqualTo(1);
                signal(mirror, "TERM");
                assertThat(manager.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** Whoever starts it has to learn that it did not start: a process that waits for itself would show as one that mirrors. */
    @Test
    void endsIfItsStatusAddressIsTaken() throws Exception {
        Path log = temporary.resolve("log");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = "127.0.0.1:" + other.getLocalPort();
            configure("status address = " + taken + "\n", section("one", "rsync://127.0.0.1:1/one/", ""));
            List<String> command = Launch.command(
                    "mirror", "--config", temporary.resolve("mirror.conf").toString());
            Process mirror = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            started.add(mirror);
            assertThat(mirror.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(log).content().startsWith("sluice mirror: ").contains(taken);
            assertThat(mirror.exitValue()).isEqualTo(3);
        }
    }

    @Test
    void hasAUnitThatSystemdUnderstands() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "left out: systemd-analyze is not installed");
        Path copy = temporary.resolve("sluice-mirror.service");
        Files.writeString(copy, Files.readString(UNIT).replace("/usr/bin/sluice", "/bin/true"));
        Program.Run run = Processes.run(
                List.of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copy.toString()), temporary);
        assertThat(run.err() + run.out()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Files.writeString(copy, Files.readString(copy) + "[Service]\nNonsense=yes\n");
        assertThat(Processes.run(
                                List.of(
                                        "systemd-analyze",
                                        "verify",
                                        "--man=no",
                                        "--recursive-errors=no",
                                        copy.toString()),
                                temporary)
                        .err())
                .contains("Nonsense");
    }
}
