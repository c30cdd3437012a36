package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What parameters of a module do, as rsync's daemon does it: both daemons have the same module, and the same client asks them the same. */
@NeedsRsync
class DaemonParametersIT {
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_400_000_000));
    private static final int PATIENCE_MILLIS = 30_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    private Path directory;

    /** All escapes that tell the same of two runs; widths and apostrophes change what they tell. */
    @Test
    void logsEachItemAsRsync() throws Exception {
        String format = "%a|%B|%C|%f|%G|%h|%i|%l|%'l|%''l|%'''l|%12l|%-9l|%L|%-7L|%m|%M|%n|%10n|%o|%-8o|%u|%U|%%|%z";
        String module =
                "transfer logging = yes\nlog format = " + format + "\nread only = no\n[m]\npath = @HOME@/tree\n";
        assertThat(itemsLogged(Program.SLUICE, module)).isEqualTo(itemsLogged(Program.RSYNC, module));
    }

    /** Those that do not itemize, and that have no operation, tell of fewer things. */
    @Test
    void logsTransfersAloneAsRsync() throws Exception {
        String module = "transfer logging = yes\nlog format = %n%L %P\nread only = no\n[m]\npath = @HOME@/tree\n";
        assertThat(itemsLogged(Program.SLUICE, module))
                .hasSizeGreaterThan(3)
                .isEqualTo(itemsLogged(Program.RSYNC, module));
    }

    private List<String> itemsLogged(Program program, String module) throws Exception {
        Path home = directory.resolve(program + "-" + module.hashCode());
        Path source = home.resolve("source");
        Files.createDirectories(source.resolve("sub"));
        Files.createDirectories(home.resolve("tree"));
        write(source.resolve("big"), "x".repeat(1_234_567));
        write(source.resolve("sub/small"), "small");
        write(source.resolve("bell\u0007"), "");
        Files.createSymbolicLink(source.resolve("link"), Path.of("sub/small"));
        write(home.resolve("tree/gone"), "to be deleted");
        Files.setLastModifiedTime(source.resolve("sub"), OLD);
        Files.setLastModifiedTime(source, OLD);
        try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
            run(home, 0, "-rltpog", "--delete", "source/", daemon.url("m/"));
            run(home, 0, "-rltp", "--checksum", daemon.url("m/sub"), "copy/");
            awaitEnd(daemon, 2);
            List<String> lines = new ArrayList<>();
            for (String line : daemon.log().split("\n", -1)) {
                String text = line.replaceFirst("^\\S+ \\S+ \\[\\d+\\] ", "")
                        .replace(home.toString(), "HOME")
                        .replaceAll("20(?!14)\\d\\d/\\d\\d/\\d\\d-\\d\\d:\\d\\d:\\d\\d", "NOW"); // a symlink's time
                if (text.contains("*deleting")) { // what had which permissions is not told here
                    text = text.replaceFirst("\\|[rwx-]{9}\\|", "||");
                }
                if (!text.startsWith("sent ") && !text.startsWith("rsyncd version")) {
                    lines.add(text);
                }
            }
            return lines;
        }
    }

    /** The end of a transfer is logged after its client may have ended. */
    private static void awaitEnd(DaemonProcess daemon, int transfers) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (daemon.log().split("\\] sent ", -1).length <= transfers) {
            assertThat(System.nanoTime())
                    .as("transfers are not logged: %s", daemon.log())
                    .isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Each daemon holds one of the two slots: neither could know of the other's but by the lock file. */
    @Test
    void countsConnectionsTogetherWithRsync() throws IOException {
        String module = "[m]\npath = @HOME@\nmax connections = 2\nlock file = " + directory + "/lock\n";
        try (DaemonProcess rsync = DaemonProcess.start(Program.RSYNC, directory.resolve("rsync"), module);
                DaemonProcess sluice = DaemonProcess.start(Program.SLUICE, directory.resolve("sluice"), module)) {
            String full = "@ERROR: max connections (2) reached -- try again later";
            try (Held one = new Held(rsync)) {
                assertThat(one.answer).isEqualTo("@RSYNCD: OK");
                try (Held two = new Held(sluice)) {
                    assertThat(two.answer).isEqualTo("@RSYNCD: OK");
                    assertThat(answer(sluice)).isEqualTo(full);
                    assertThat(answer(rsync)).isEqualTo(full);
                }
                awaitAnswer(rsync, "@RSYNCD: OK");
            }
            awaitAnswer(sluice, "@RSYNCD: OK");
        }
    }

    private static void awaitAnswer(DaemonProcess daemon, String wanted) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (String answer = answer(daemon); !answer.equals(wanted); answer = answer(daemon)) {
            assertThat(System.nanoTime()).as(answer).isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static String answer(DaemonProcess daemon) throws IOException {
        try (Held held = new Held(daemon)) {
            return held.answer;
        }
    }

    /** A connection that has a module, and its share of what the module allows. */
    private static final class Held implements AutoCloseable {
        private final Socket socket;
        final String answer;

        Held(DaemonProcess daemon) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String _ = in.readLine();
            socket.getOutputStream().write("@RSYNCD: 32.0 sha512\nm\n".getBytes(ISO_8859_1));
            answer = String.valueOf(in.readLine());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** The link leads where it should only if {@code /outer} is the root that the inner directory is looked for in. */
    @Test
    void servesAnInnerDirectoryOfItsRoot() throws Exception {
        assumeRoot();
        for (Program program : Program.values()) {
            Path home = Files.createDirectories(directory.resolve(program.name()));
            Files.createDirectories(home.resolve("outer/real"));
            write(home.resolve("outer/real/f"), "f");
            Files.createSymbolicLink(home.resolve("outer/inner"), Path.of("/real"));
            String module = "[m]\npath = @HOME@/outer/./inner\nuse chroot = yes\nread only = no\n";
            try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
                run(home, 0, "-r", daemon.url("m/"), "copy/");
                assertThat(home.resolve("copy/f")).hasContent("f");
                write(home.resolve("new"), "new");
                run(home, 0, "new", daemon.url("m/"));
                assertThat(home.resolve("outer/real/new")).hasContent("new");
            }
        }
    }

    /** A file of somebody else's that nobody else may read fails a transfer unless it is not there at all. */
    @Test
    void ignoresWhatMayNotBeRead() throws Exception {
        assumeRoot();
        for (Program program : Program.values()) {
            Path home = Files.createDirectories(directory.resolve(program.name()));
            open(home);
            Path tree = Files.createDirectories(home.resolve("tree/closed"));
            open(home.resolve("tree"));
            write(home.resolve("tree/open"), "o");
            Files.setPosixFilePermissions(home.resolve("tree/open"), PosixFilePermissions.fromString("rw-r--r--"));
            write(home.resolve("tree/secret"), "s");
            Files.setPosixFilePermissions(home.resolve("tree/secret"), PosixFilePermissions.fromString("rw-------"));
            Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwx------"));
            String module = "[m]\npath = @HOME@/tree\nuid = nobody\ngid = nogroup\n";
            String both = module + "[n]\npath = @HOME@/tree\nuid = nobody\ngid = nogroup\nignore nonreadable = yes\n";
            try (DaemonProcess daemon = DaemonProcess.start(program, home, both)) {
                run(home, 23, "-r", daemon.url("m/"), "failing/");
                run(home, 0, "-r", daemon.url("n/"), "copy/");
                assertThat(home.resolve("copy").toFile().list()).containsExactly("open");
            }
        }
    }

    /** The directory that they go to is not there: a transfer that named none would fail to be one if it were not used. */
    @Test
    void putsTemporaryFilesWhereTheModuleSays() throws Exception {
        for (Program program : Program.values()) {
            Path home = Files.createDirectories(directory.resolve(program.name()));
            Files.createDirectories(home.resolve("tree/tmp"));
            write(home.resolve("f"), "f");
            String module = "read only = no\npath = @HOME@/tree\n[m]\ntemp dir = /tmp\n[n]\ntemp dir = /none\n";
            try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
                run(home, 0, "-t", "f", daemon.url("m/"));
                assertThat(home.resolve("tree/f")).hasContent("f");
                Program.Run failed = Program.RSYNC.run(home, "-t", "f", daemon.url("n/other"));
                assertThat(failed.exitCode()).isNotZero();
                assertThat(failed.err()).contains("none");
                assertThat(home.resolve("tree/other")).doesNotExist();
            }
        }
    }

    /** The names are only known to the program, and the ids are those that it says. */
    @Test
    void asksAProgramForNames() throws Exception {
        assumeRoot();
        for (Program program : Program.values()) {
            Path home = Files.createDirectories(directory.resolve(program.name()));
            Files.createDirectories(home.resolve("tree"));
            write(home.resolve("f"), "f");
            Files.setAttribute(home.resolve("f"), "unix:uid", 1);
            Files.setAttribute(home.resolve("f"), "unix:gid", 2);
            Path converter = home.resolve("converter");
            Files.writeString(converter, """
                    #!/bin/sh
                    while read kind name; do
                      echo "$kind $name $RSYNC_MODULE_NAME" >> "$0.log"
                      case "$kind" in usr) echo 7001;; grp) echo nonsense;; *) echo;; esac
                    done
                    """);
            Files.setPosixFilePermissions(converter, PosixFilePermissions.fromString("rwxr-xr-x"));
            String module =
                    "[m]\npath = @HOME@/tree\nread only = no\nuse chroot = yes\nname converter = @HOME@/converter\n";
            try (DaemonProcess daemon = DaemonProcess.start(program, home, module)) {
                run(home, 0, "-og", "f", daemon.url("m/"));
                Path arrived = home.resolve("tree/f");
                assertThat(Files.getAttribute(arrived, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                        .isEqualTo(7001);
                assertThat(Files.getAttribute(arrived, "unix:gid", LinkOption.NOFOLLOW_LINKS))
                        .isEqualTo(2);
                assertThat(Files.readAllLines(home.resolve("converter.log"))).contains("usr daemon m", "grp bin m");
            }
        }
    }

    private static void assumeRoot() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "left out: needs root");
    }

    /** Lets others into what the test framework keeps closed. */
    private void open(Path path) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String content) throws IOException {
        Files.write(file, content.getBytes(UTF_8));
        Files.setLastModifiedTime(file, OLD);
    }

    private static Program.Run run(Path home, int code, String... arguments) throws Exception {
        Program.Run run = Program.RSYNC.run(home, arguments);
        assertThat(run.exitCode()).as("%s %s", run.out(), run.err()).isEqualTo(code);
        return run;
    }
}
