package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both daemons with the same commands around connections, and the installed rsync as the client of both. Each command writes down its variables, its
 * input and who it is; all of these, and what clients are told, must be the same. A case of which a daemon has written nothing fails.
 */
class HooksIT {
    private static final String MODULES = """
            early exec = @HOME@/hook early
            pre-xfer exec = @HOME@/hook before
            post-xfer exec = @HOME@/hook after
            uid = @USER@
            gid = @GROUP@
            [pull]
            path = @HOME@//tree/./
            [several]
            path = @HOME@/tree
            [secluded]
            path = @HOME@/tree
            [bytes]
            path = @HOME@/tree
            auth users = *
            secrets file = @HOME@/others
            [readonly]
            path = @HOME@/tree
            [refused]
            path = @HOME@/tree
            refuse options = checksum
            [early]
            path = @HOME@/tree
            early exec = echo out; exit 3
            [before]
            path = @HOME@/tree
            pre-xfer exec = printf 'one\\r\\ntwo\\rthree\\nlast'; exit 3
            [missing]
            path = @HOME@/missing
            [made]
            path = @HOME@/made
            early exec = mkdir @HOME@/made
            [unsafe]
            path = @HOME@/tree
            auth users = *
            secrets file = @HOME@/others
            early exec =
            pre-xfer exec = echo %RSYNC_USER_NAME%
            [later]
            path = @HOME@/tree
            auth users = *
            secrets file = @HOME@/others
            pre-xfer exec = echo %RSYNC_USER_NAME%
            [named]
            path = @HOME@/tree
            auth users = *
            secrets file = @HOME@/others
            early exec = echo "%RSYNC_USER_NAME%" '%RSYNC_HOST_ADDR%' %RSYNC_MODULE_NAME% > @HOME@/diary/named.words
            [gone]
            path = @HOME@/tree
            [nopath]
            """;

    /** The same number for all three of a connection, but no particular one. */
    private static final String HOOK = """
            #!/bin/sh
            page=@HOME@/diary/.$1.$$
            {
                env | grep -a '^RSYNC_' | grep -av '^RSYNC_PASSWORD' | sed "s/^RSYNC_PID=$RSYNC_PID\\$/RSYNC_PID=N/" | sort
                echo "in: $(od -c)"
                echo "as: $(id -u) $(id -g) $(id -G)"
            } > $page
            echo $RSYNC_PID >> @HOME@/numbers.$RSYNC_MODULE_NAME
            mv $page @HOME@/diary/$RSYNC_MODULE_NAME.$1
            """;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    Path directory;

    private Path home = Path.of("/");

    @Test
    void commandsAreToldTheSameByBothDaemons() throws Exception {
        Map<String, String> ours = observe(Program.SLUICE);
        assertThat(ours).containsKeys("pull.early", "pull.before", "pull.after", "gone.after", "named.words");
        Map<String, String> theirs = observe(Program.RSYNC);
        theirs.remove("gone.before"); // rsync asks about a request that nobody made
        assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
        ours.forEach((page, text) -> assertThat(text).as(page).isEqualTo(theirs.get(page)));
    }

    /** All that was written down, and what each client said. */
    private Map<String, String> observe(Program program) throws Exception {
        home = directory.resolve(program.name());
        Path tree = Files.createDirectories(home.resolve("tree"));
        Files.createDirectories(home.resolve("diary"));
        for (String name : new String[] {"f", "g"}) {
            Files.writeString(tree.resolve(name), name);
            Files.setLastModifiedTime(tree.resolve(name), FileTime.fromMillis(987_654_321_000L));
        }
        write("hook", HOOK.replace("@HOME@", home.toString()), "rwxr-xr-x");
        write(
                "others",
                "\u00FFx:" + Processes.PASSWORD + "\nA*:" + Processes.PASSWORD + "\njoe.b-1:" + Processes.PASSWORD
                        + "\n",
                "rw-------");
        write("input", "for early\u0000exec", "rw-------");
        Map<String, String> observed = new TreeMap<>();
        String modules = MODULES.replace("@USER@", System.getProperty("user.name"));
        modules = modules.replace("@GROUP@", group());
        try (DaemonProcess daemon = DaemonProcess.start(program, home, modules)) {
            clients(daemon, observed);
            sayGoodbye(daemon);
            await("gone.after");
            daemon.awaitRest(); // what is not written by now never is
        }
        try (var pages = Files.list(home.resolve("diary"))) {
            for (Path page : pages.toList()) {
                observed.put(page.getFileName().toString(), neutral(Files.readString(page, ISO_8859_1)));
            }
        }
        for (String module : new String[] {"pull", "secluded", "gone"}) {
            assertThat(Files.readAllLines(home.resolve("numbers." + module)).stream()
                            .distinct())
                    .as("RSYNC_PID of one connection")
                    .hasSize(1);
        }
        return observed;
    }

    private void clients(DaemonProcess daemon, Map<String, String> observed) throws Exception {
        client(daemon, observed, "pull", "--early-input=" + home + "/input", "-r", "@/", "out");
        client(daemon, observed, "several", "-r", "@/f", "@/g*", "out");
        client(daemon, observed, "secluded", "-rs", "@/f", "@/", "out");
        client(daemon, observed, "readonly", "-r", "tree/", "@/");
        client(daemon, observed, "refused", "-rc", "@/", "out");
        client(daemon, observed, "early", "-r", "@/", "out");
        client(daemon, observed, "before", "-r", "tree/", "@/");
        client(daemon, observed, "missing", "-r", "@/", "out");
        client(daemon, observed, "made", "-r", "@/", "out");
        String nonUtf8 = "$(printf 'rsync://\\377x@127.0.0.1:" + daemon.port() + "/bytes/')";
        shell(observed, "bytes", "exec /usr/bin/rsync -r \"" + nonUtf8 + "\" out");
        shell(observed, "unsafe", "exec /usr/bin/rsync -r 'rsync://A*@127.0.0.1:" + daemon.port() + "/unsafe/' out");
        shell(observed, "later", "exec /usr/bin/rsync -r 'rsync://A*@127.0.0.1:" + daemon.port() + "/later/' out");
        shell(observed, "named", "exec /usr/bin/rsync -r 'rsync://joe.b-1@127.0.0.1:" + daemon.port() + "/named/' out");
        client(daemon, observed, "nopath", "-r", "@/", "out");
        for (String module : List.of(
                "pull",
                "several",
                "secluded",
                "bytes",
                "readonly",
                "refused",
                "early",
                "before",
                "missing",
                "made",
                "later",
                "named")) {
            await(module + ".after");
        }
    }

    /** Leaves after it was let in, without an argument. */
    private static void sayGoodbye(DaemonProcess daemon) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            socket.getOutputStream().write("@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\ngone\n".getBytes(ISO_8859_1));
            StringBuilder said = new StringBuilder();
            while (said.indexOf("OK\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("a byte after " + said).isNotNegative();
                said.append((char) next);
            }
        }
    }

    private void client(DaemonProcess daemon, Map<String, String> observed, String module, String... words)
            throws Exception {
        List<String> arguments = new ArrayList<>();
        for (String word : words) {
            arguments.add(word.startsWith("@/") ? daemon.url(module + word.substring(1)) : word);
        }
        put(observed, module, Program.RSYNC.run(home, arguments.toArray(new String[0])));
    }

    private void shell(Map<String, String> observed, String module, String command) throws Exception {
        put(observed, module, Processes.run(List.of("sh", "-c", command), home));
    }

    /** The exit code and rsync's own last words depend on whether a peer that gives up closes its connection before all is read. */
    private void put(Map<String, String> observed, String module, Program.Run run) {
        List<String> told = run.err()
                .lines()
                .filter(line -> !line.startsWith("rsync error: ") && !line.contains("read error: Connection reset"))
                .toList();
        observed.put(module, (run.exitCode() == 0 ? "done " : "failed ") + neutral(String.join("\n", told)));
    }

    private String neutral(String text) {
        return text.replace(home.toString(), "@HOME@");
    }

    private void await(String page) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.exists(home.resolve("diary").resolve(page))) {
            assertThat(System.nanoTime()).as(page + " is not written").isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void write(String name, String content, String permissions) throws IOException {
        Path file = home.resolve(name);
        Files.write(file, content.getBytes(ISO_8859_1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String group() throws Exception {
        return Processes.run(List.of("id", "-gn"), Path.of("/")).out().strip();
    }
}
