package io.sluice.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.daemon.config.LogTarget;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines are compared whole, as programs that read rsync's logs do. */
class DaemonLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:01Z"), ZoneOffset.UTC);

    private static final Path NOWHERE = Path.of("");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final DaemonLog log = new DaemonLog(new PrintStream(messages, true, StandardCharsets.UTF_8), CLOCK);

    @Test
    void writesTimeProcessAndText() throws IOException {
        Path file = directory.resolve("log");
        log.daemon(to(file)).line("rsyncd version x starting, listening on port 873");
        long pid = ProcessHandle.current().pid();
        assertThat(Files.readString(file))
                .isEqualTo("2026/11/21 08:00:01 [" + pid + "] rsyncd version x starting, listening on port 873\n");
        assertThat(messages.size()).isZero();
    }

    @Test
    void numbersConnections() throws IOException {
        Path file = directory.resolve("log");
        log.connection(to(file)).line("a");
        log.connection(to(file)).line("b");
        long pid = ProcessHandle.current().pid();
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "2026/11/21 08:00:01 [" + (pid + 1) + "] a", "2026/11/21 08:00:01 [" + (pid + 2) + "] b");
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("a\nb", "a\\#012b"),
                Arguments.of("a\tb", "a\tb"),
                Arguments.of("\u001b[m", "\\#033[m"),
                Arguments.of("\u0085\u00a0", "\\#205\u00a0"),
                Arguments.of("x\\#001", "x\\#134#001"),
                Arguments.of("x\\#01", "x\\#01"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void escapesWhatCouldForgeALine(String text, String shown) {
        log.daemon(to(NOWHERE)).line(text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(messages.toString(StandardCharsets.ISO_8859_1)).endsWith("] " + shown + "\n");
    }

    @Test
    void writesToTheModulesOwnFile() throws IOException {
        Path own = directory.resolve("own");
        Log connection = log.connection(to(directory.resolve("log")));
        connection.in(to(own)).line("a");
        connection.in(to(NOWHERE)).line("b");
        assertThat(Files.readString(own)).endsWith("] a\n").doesNotContain("] b");
    }

    /** Without the check, the line would go to the renamed file. */
    @Test
    void opensARotatedFileAnew() throws IOException {
        Path file = directory.resolve("log");
        log.connection(to(file)).line("a");
        Files.move(file, directory.resolve("log.1"));
        log.connection(to(file)).line("b");
        assertThat(Files.readString(file)).endsWith("] b\n").doesNotContain("] a");
    }

    @Test
    void keepsALineWhoseFileCannotBeOpened() {
        log.daemon(to(directory.resolve("no/such/log"))).line("a");
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains("failed to open log-file")
                .endsWith("] a\n");
    }

    /** Later lines try no more, until the next connection: a full disk or a lost directory would else be told with each line. */
    @Test
    void tellsOnceThatAFileCannotBeOpened() {
        Log lost = log.daemon(to(directory.resolve("no/such/log")));
        lost.line("a");
        lost.line("b");
        assertThat(messages.toString(StandardCharsets.UTF_8)).containsOnlyOnce("failed to open log-file");
    }

    /** A receiver of our own stands for the system's; the datagrams are compared whole with what syslog(3) sends. */
    @Test
    void sendsWhatHasNoFileToSyslog() throws IOException, InterruptedException {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "python3 is not installed");
        Path socket = directory.resolve("socket");
        String receive = """
                import socket,sys
                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                s.bind(sys.argv[1])
                print('ready', flush=True)
                print(s.recv(999).decode())
                print(s.recv(999).decode())
                """;
        Process receiver = new ProcessBuilder(python.toString(), "-c", receive, socket.toString()).start();
        try (BufferedReader said = receiver.inputReader(StandardCharsets.UTF_8);
                DaemonLog daemon = new DaemonLog(
                        new PrintStream(messages, true, StandardCharsets.UTF_8), CLOCK, socket.toString())) {
            assertThat(said.readLine()).isEqualTo("ready");
            Log log = daemon.daemon(new LogTarget("", 24, "rsyncd.joe"));
            log.line("a\nb");
            log.warning("c");
            long pid = ProcessHandle.current().pid();
            assertThat(said.readLine()).isEqualTo("<30>Nov 21 08:00:01 rsyncd.joe[" + pid + "]: a\\#012b");
            assertThat(said.readLine()).isEqualTo("<28>Nov 21 08:00:01 rsyncd.joe[" + pid + "]: c");
            assertThat(messages.size()).isZero();
            assertThat(receiver.waitFor()).isZero();
            log.line("d");
        } finally {
            receiver.destroyForcibly().waitFor();
        }
        assertThat(messages.toString(StandardCharsets.UTF_8)).endsWith("] d\n");
    }

    private static LogTarget to(Path file) {
        return new LogTarget(file.toString(), 24, "rsyncd");
    }
}
