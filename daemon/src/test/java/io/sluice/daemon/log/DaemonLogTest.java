package io.sluice.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir
    Path directory;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final DaemonLog log = new DaemonLog(new PrintStream(messages, true, StandardCharsets.UTF_8), CLOCK);

    @Test
    void writesTimeProcessAndText() throws IOException {
        Path file = directory.resolve("log");
        log.daemon(file.toString()).line("rsyncd version x starting, listening on port 873");
        long pid = ProcessHandle.current().pid();
        assertThat(Files.readString(file))
                .isEqualTo("2026/11/21 08:00:01 [" + pid + "] rsyncd version x starting, listening on port 873\n");
        assertThat(messages.size()).isZero();
    }

    @Test
    void numbersConnections() throws IOException {
        Path file = directory.resolve("log");
        log.connection(file.toString()).line("a");
        log.connection(file.toString()).line("b");
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
        log.daemon("").line(text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(messages.toString(StandardCharsets.ISO_8859_1)).endsWith("] " + shown + "\n");
    }

    @Test
    void writesToTheModulesOwnFile() throws IOException {
        Path own = directory.resolve("own");
        Log connection = log.connection(directory.resolve("log").toString());
        connection.in(own.toString()).line("a");
        connection.in("").line("b");
        assertThat(Files.readString(own)).endsWith("] a\n").doesNotContain("] b");
    }

    /** Without the check, the line would go to the renamed file. */
    @Test
    void opensARotatedFileAnew() throws IOException {
        Path file = directory.resolve("log");
        log.connection(file.toString()).line("a");
        Files.move(file, directory.resolve("log.1"));
        log.connection(file.toString()).line("b");
        assertThat(Files.readString(file)).endsWith("] b\n").doesNotContain("] a");
    }

    @Test
    void keepsALineWhoseFileCannotBeOpened() {
        log.daemon(directory.resolve("no/such/log").toString()).line("a");
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains("failed to open log-file")
                .endsWith("] a\n");
    }
}
