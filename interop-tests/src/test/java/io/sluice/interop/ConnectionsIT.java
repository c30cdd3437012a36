package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code --connections} against both daemons: the same transfer is made once by a real rsync with its one connection and once by us with four, from equal
 * beginnings. Trees, itemized lines and exit codes have to be the same. The daemon's log tells that there were several connections at all.
 */
class ConnectionsIT {
    private static final int FILES = 400;

    private static final List<String> OPTIONS = List.of(
            "-aH --delete",
            "-a --delete-after --backup --backup-dir=old",
            "-aHc --delete-before --numeric-ids --max-delete=1",
            "-a --delete --delete-excluded --exclude=*5 --exclude=/odd",
            "-aH --inplace --delete --protocol=30",
            "-aR --delete --no-implied-dirs",
            "-a --existing --omit-dir-times");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path source;
    private Path begun;

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        begun = directory.resolve("begun");
        for (Path tree : List.of(source, begun)) {
            SampleTree.plain(tree, FILES, 1);
            SampleTree.odd(tree.resolve("odd"), 2);
            Files.delete(tree.resolve("odd/absolute")); // a daemon that is not in a chroot takes its slash away
        }
        SampleTree.edit(source, FILES, 3);
        linkAndReplace();
        for (Path tree : List.of(source, begun)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.filter(Files::isDirectory).toList()) {
                    long hash = path.getNameCount() * 1000L;
                    Files.setLastModifiedTime(path, FileTime.fromMillis(1_100_000_000_000L + hash));
                }
            }
        }
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000_000_000L));
    }

    /** Hard links, and at the receiving end a link, a file and a directory in the place of something else. */
    private void linkAndReplace() throws IOException {
        byte[] content = new byte[2 << 20];
        Arrays.fill(content, (byte) 'x');
        for (int i = 0; i < 4; i++) {
            Path large = source.resolve("large-" + i);
            Files.write(large, content);
            Files.setLastModifiedTime(large, FileTime.fromMillis(1_200_000_000_000L));
            Files.createLink(source.resolve("d0/linked-" + i), large);
        }
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        for (String replaced : List.of("link", "file", "gone")) {
            Path there = Files.createDirectories(source.resolve("new/" + replaced + "/deep"));
            for (int i = 0; i < 8; i++) {
                Files.writeString(there.resolve("f" + i), replaced + i);
                Files.setLastModifiedTime(there.resolve("f" + i), FileTime.fromMillis(1_300_000_000_000L));
            }
        }
        Files.createDirectories(begun.resolve("new"));
        Files.createSymbolicLink(begun.resolve("new/link"), elsewhere);
        Files.writeString(begun.resolve("new/file"), "a file");
        Files.createDirectories(begun.resolve("large-2/full"));
        Files.writeString(begun.resolve("large-2/full/x"), "x");
        Files.createDirectories(begun.resolve("extra/deep"));
        Files.writeString(begun.resolve("extra/deep/x"), "x");
    }

    static Stream<Arguments> transfers() {
        List<Arguments> all = new ArrayList<>();
        for (Program daemon : Program.values()) {
            for (boolean push : new boolean[] {true, false}) {
                for (String options : daemon == Program.SLUICE ? OPTIONS.subList(0, 2) : OPTIONS) {
                    all.add(Arguments.of(daemon, push, options, true));
                }
                all.add(Arguments.of(daemon, push, "-aH", false));
                all.add(Arguments.of(daemon, push, "-am --link-dest=../begun", false));
            }
        }
        return all.stream();
    }

    private Path target(String name, boolean withContent) throws Exception {
        Path target = directory.resolve(name);
        if (withContent) {
            Program.Run copy = Processes.run(List.of("cp", "-a", begun.toString(), target.toString()), directory);
            assertThat(copy.exitCode()).as(copy.err()).isZero();
        }
        return target;
    }

    private DaemonProcess daemon(Program program, int most) throws IOException {
        String module = "[tree]\npath = " + directory + "\nmax connections = " + most
                + "\nread only = no\nmunge symlinks = no\n";
        return DaemonProcess.start(program, directory.resolve("daemon"), module);
    }

    private Program.Run run(Program client, List<String> options, DaemonProcess daemon, boolean push, Path target)
            throws Exception {
        String content = options.contains("-aR") ? "/./" : "/";
        String here = push ? source + content : target.toString();
        String there = daemon.url("tree/" + (push ? target.getFileName() : "source" + content));
        return run(client, options, push ? here : there, push ? there : here);
    }

    private Program.Run run(Program client, List<String> options, String from, String to) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(from, to));
        return client.run(directory, arguments.toArray(String[]::new));
    }

    private static List<String> options(String words, String... more) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of(more));
        return all;
    }

    private static List<String> difference(Map<String, String> expected, Map<String, String> actual) {
        return difference(lines(expected), lines(actual));
    }

    private static List<String> lines(Map<String, String> tree) {
        return tree.entrySet().stream().map(Object::toString).toList();
    }

    /** What is in one of them alone. */
    private static List<String> difference(List<String> expected, List<String> actual) {
        List<String> difference = new ArrayList<>();
        expected.stream().filter(line -> !actual.contains(line)).forEach(line -> difference.add("- " + line));
        actual.stream().filter(line -> !expected.contains(line)).forEach(line -> difference.add("+ " + line));
        return difference;
    }

    /** Without the times of directories that have those of this run. */
    private static Map<String, String> tree(Path root, boolean sameTimes) throws IOException {
        Map<String, String> tree = TreeSnapshot.of(root);
        if (!sameTimes) {
            tree.replaceAll((name, entry) -> entry.matches("4[01].*") ? entry.replaceAll("mtime=.*", "") : entry);
        }
        return tree;
    }

    private static List<String> items(Program.Run run) {
        return run.out()
                .lines()
                .filter(line -> !line.startsWith("created directory"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("transfers")
    void theResultIsThatOfOneConnection(Program program, boolean push, String options, boolean withContent)
            throws Exception {
        Path expected = target("expected", withContent);
        Path actual = target("actual", withContent);
        try (DaemonProcess daemon = daemon(program, 0)) {
            Program.Run one = run(Program.RSYNC, options(options, "-i"), daemon, push, expected);
            int before = connections();
            Program.Run several = run(Program.SLUICE, options(options, "-i", "--connections=4"), daemon, push, actual);
            assertThat(several.exitCode()).as(several.err()).isEqualTo(one.exitCode());
            boolean sameTimes = options.startsWith("-aH ");
            assertThat(difference(tree(expected, sameTimes), tree(actual, sameTimes)))
                    .isEmpty();
            assertThat(items(one)).hasSizeGreaterThan(15);
            assertThat(difference(items(one), items(several))).isEmpty();
            assertThat(connections() - before).isGreaterThanOrEqualTo(5);
            try (Stream<Path> strays = Files.list(directory.resolve("elsewhere"))) {
                assertThat(strays).isEmpty();
            }
        }
    }

    /** Each transfer's beginning is a line of the log. */
    private int connections() throws IOException {
        return (int) Files.readAllLines(directory.resolve("daemon/log"), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains("rsync to tree") || line.contains("rsync on tree"))
                .count();
    }

    /** Whether a refused connection gets in later, or not at all, depends on how fast the others are; what arrives does not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDaemonThatTakesFewerConnectionsGetsFewer(int most) throws Exception {
        Path expected = target("expected", true);
        Path actual = target("actual", true);
        try (DaemonProcess daemon = daemon(Program.RSYNC, most)) {
            run(Program.RSYNC, options("-aH --delete"), daemon, true, expected);
            Program.Run several = run(Program.SLUICE, options("-aH --delete -v --connections=4"), daemon, true, actual);
            assertThat(several.exitCode()).as(several.err()).isZero();
            assertThat(several.err()).isEmpty();
            assertThat(TreeSnapshot.of(actual)).isEqualTo(TreeSnapshot.of(expected));
        }
    }

    /** One of the connections breaks in the middle of its share: the last session does what it left. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatBreaksLosesNothing(boolean push) throws Exception {
        Path actual = target("actual", true);
        try (DaemonProcess daemon = daemon(Program.RSYNC, 0);
                Relay relay = new Relay(daemon.port(), 3, 300_000)) {
            String url = daemon.url("tree/" + (push ? "actual" : "source/"))
                    .replace(":" + daemon.port(), ":" + relay.port());
            Program.Run run = run(
                    Program.SLUICE,
                    options("-aH --delete -v --connections=3"),
                    push ? source + "/" : url,
                    push ? url : actual.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("a connection less: ");
            assertThat(difference(TreeSnapshot.of(source), TreeSnapshot.of(actual)))
                    .isEmpty();
        }
    }

    /** A relay that breaks one of its connections, counted from 1, after so many bytes in one direction. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int daemonPort;
        private final int broken;
        private final long limit;

        Relay(int daemonPort, int broken, long limit) throws IOException {
            this.daemonPort = daemonPort;
            this.broken = broken;
            this.limit = limit;
            Thread.ofPlatform().daemon().name("relay").start(this::serve);
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve() {
            try {
                for (int count = 1; ; count++) {
                    Socket client = server.accept();
                    Socket daemon = new Socket(InetAddress.getLoopbackAddress(), daemonPort);
                    long most = count == broken ? limit : Long.MAX_VALUE;
                    Thread.ofPlatform().daemon().start(() -> carry(client, daemon, most));
                    Thread.ofPlatform().daemon().start(() -> carry(daemon, client, most));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private static void carry(Socket from, Socket to, long limit) {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                long left = limit;
                int read = in.read(buffer);
                while (read > 0 && left > 0) {
                    out.write(buffer, 0, read);
                    left -= read;
                    read = in.read(buffer);
                }
                if (read < 0) {
                    to.shutdownOutput(); // the other direction may still have something to carry
                } else {
                    from.close();
                    to.close();
                }
            } catch (IOException e) {
                // One end is gone, and the other direction tells the other one.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** The figures at the end are those of one transfer, whatever the number of its sessions. */
    @ParameterizedTest
    @EnumSource
    void figuresAndProgressAreThoseOfOneTransfer(Program program) throws Exception {
        Path expected = target("expected", true);
        Path actual = target("actual", true);
        try (DaemonProcess daemon = daemon(program, 0)) {
            Program.Run one = run(Program.RSYNC, options("-aH --delete --stats"), daemon, true, expected);
            Program.Run several = run(
                    Program.SLUICE,
                    options("-aH --delete --stats --info=progress2 --connections=4"),
                    daemon,
                    true,
                    actual);
            assertThat(figures(several)).hasSize(8).isEqualTo(figures(one));
            assertThat(several.out()).contains("(xfr#60, ");
            assertThat(several.out().split("Number of files:", -1)).hasSize(2);
        }
    }

    private static List<String> figures(Program.Run run) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith("Number of")
                        || line.startsWith("Total file size")
                        || line.startsWith("Total transferred")
                        || line.startsWith("Literal")
                        || line.startsWith("Matched"))
                .toList();
    }
}
