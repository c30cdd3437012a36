package io.sluice.watcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.status.StatusRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that end before anything is watched, and what is read from those that do not. */
class MirrorCommandTest {
    @TempDir
    private Path source;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return MirrorCommand.run(
                List.of(arguments),
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SRC                         | 1  | operands: 1 (expected: SRC DEST…, or --config FILE)
                    /gone rsync://h/m           | 3  | source: /gone (expected: a directory)
                    SRC here                    | 1  | destination: here (expected: rsync://user@host
                    --bogus SRC rsync://h/m     | 1  | rsync: --bogus: unknown option
                    -n SRC rsync://h/m          | 1  | --dry-run (expected: none; a mirror always acts)
                    --tls SRC rsync://h/m       | 1  | --tls (expected: none; rsyncs:// names a replica's TLS)
                    --files-from=- SRC rsync://h/m | 1 | --files-from (expected: none; a mirror makes its own lists)
                    --settle=x SRC rsync://h/m  | 1  | --settle: x (expected: a time such as
                    --config                    | 1  | --config: no value (expected: one)
                    --config /gone/mirror.conf  | 3  | /gone/mirror.conf: No such file or directory
                    --config SRC                | 3  | : Is a directory
                    --check /gone/mirror.conf   | 3  | /gone/mirror.conf: No such file or directory
                    --config f SRC              | 1  | (expected: an option of rsync)
                    --status-address=here SRC rsync://h/m | 1 | status address: here (expected:
                    --status-address 0.0.0.0:1 SRC rsync://h/m | 1 | others can reach this one
                    --status-token-file f SRC rsync://h/m | 1 | --status-token-file (expected: none, or --status-address too)
                    --status-address 127.0.0.1:1 --status-token-file /gone/f SRC rsync://h/m | 3 | --status-token-file:
                    --status-address 127.0.0.1:1 --config f | 1 | --status-address (expected: none; with --config
                    """)
    void refusesWhatMakesNoSense(String line, int exitCode, String message) {
        int result = run(line.replace("SRC", source.toString()).split(" "));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("sluice mirror: ")
                .contains(message);
        assertThat(result).isEqualTo(exitCode);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "init --help", "init -h"})
    void showsItsOptions(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Usage: sluice mirror")
                .contains("init [FILE]");
        assertThat(err.size()).isZero();
    }

    @Test
    void tellsAllThatIsWrongWithAFile() throws IOException {
        Path file = Files.writeString(
                source.resolve("mirror.conf"),
                "settle = x\ninsist = perhaps\n[a]\npath = " + source + "\nreplicas = h:p rsync://h\n");
        assertThat(run("--check", file.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        file + ":1: error: settle: x (expected: a time such as 5ms, 0.5, 30s, 2m or 6h)",
                        file
                                + ":2: error: Badly formed boolean in configuration file: \"perhaps\" (expected: yes or no)",
                        file + ":5: error: replicas: rsync://h (expected: a module after the host)",
                        file + ": 3 errors, 0 warnings");
        out.reset();
        Files.writeString(file, "[a]\npath = " + source + "\nreplicas = h:p\n");
        assertThat(run("--check=" + file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(file + ": 0 errors, 0 warnings\n");
    }

    @Test
    void writesAFileToBeginWithOnce() {
        Path file = source.resolve("etc/mirror.conf");
        assertThat(run("init", file.toString())).isZero();
        assertThat(file).content().contains("[www]");
        assertThat(run("init", file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is there already (expected: a new file)");
    }

    @Test
    void showsItsUsage() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: sluice mirror");
    }

    @Test
    void readsOwnOptionsAndThoseOfRsync() throws IOException {
        List<String> line = List.of(
                "-v",
                "--settle",
                "5ms",
                "-z",
                "--quiet-period=3",
                "--growing-interval",
                "1m",
                "--exclude",
                "*.tmp",
                "--timeout=9",
                source.toString(),
                "rsync://u@h/m/",
                "h2::m");
        MirrorRequest request = MirrorRequest.read(line, Map.of());
        assertThat(request.loudness()).isEqualTo(1);
        NamedMirror mirror = request.mirrors().getFirst();
        assertThat(mirror.configuration().source()).isEqualTo(source);
        assertThat(mirror.configuration().replicas()).hasSize(2);
        assertThat(mirror.configuration().options().algorithms().compresses()).isTrue();
        assertThat(mirror.configuration().filters().isEmpty()).isFalse();
        MirrorTimes times = MirrorTimes.DEFAULT
                .withSettle(Duration.ofMillis(5))
                .withQuiet(Duration.ofSeconds(3))
                .withGrowing(Duration.ofMinutes(1))
                .withTimeout(Duration.ofSeconds(9));
        assertThat(mirror.configuration().times()).isEqualTo(times);
    }

    @Test
    void tellsHowItStandsWhereTheCommandLineSays() throws IOException {
        Path token = Files.writeString(source.resolve("token"), "0123456789abcdef\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        List<String> line = List.of(
                "--status-address", "0.0.0.0:8730", "--status-token-file=" + token, source.toString(), "rsync://h/m");
        StatusRules rules = MirrorRequest.read(line, Map.of()).status().orElseThrow();
        assertThat(rules.address()).hasToString("0.0.0.0:8730");
        assertThat(rules.token()).contains("0123456789abcdef");
        assertThat(MirrorRequest.read(List.of(source.toString(), "rsync://h/m"), Map.of())
                        .status())
                .isEmpty();
    }

    /** Port 1 of this host refuses; that the exit code is rsync's for that shows that it was asked. */
    @ParameterizedTest
    @ValueSource(strings = {"--no-insist SRC rsync://127.0.0.1:1/m", "--config FILE", "--no-insist --config FILE"})
    void endsIfAReplicaCannotBeReachedAndItIsNotToInsist(String line) throws IOException {
        Path file = Files.writeString(
                source.resolve("mirror.conf"),
                "insist = no\n[a]\npath = " + source + "\nreplicas = rsync://127.0.0.1:1/m\n");
        int result = run(line.replace("SRC", source.toString())
                .replace("FILE", file.toString())
                .split(" "));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("sluice mirror: rsync://127.0.0.1:1/m: failed to connect to 127.0.0.1")
                .contains("is an rsync daemon running there, on this port?")
                .endsWith("(insist = no; with yes it would be tried again)\n");
        assertThat(result).isEqualTo(10);
    }

    @Test
    void takesTheWordOfTheCommandLineBeforeThatOfTheFile() throws IOException {
        Path file = Files.writeString(
                source.resolve("mirror.conf"), "insist = no\n[a]\npath = " + source + "\nreplicas = h:p\n");
        for (String word : List.of("--insist", "--no-insist")) {
            MirrorRequest request = MirrorRequest.read(List.of("--config", file.toString(), word), Map.of());
            assertThat(request.mirrors().getFirst().configuration().policy().insist())
                    .isEqualTo(word.equals("--insist"));
        }
    }

    @Test
    void logsALineForEachPushAndEachPathIfAsked() {
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
        MirrorLog log = new MirrorLog(
                "site",
                1,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        Replica replica = Replica.of("rsync://h/m/", user -> new byte[0]);
        byte[] evil = "a\nb".getBytes(StandardCharsets.UTF_8);
        byte[] tree = "d".getBytes(StandardCharsets.UTF_8);
        log.pushed(replica, new PushedBatch(List.of(evil, tree), 1, 3, 4096, 12, 10));
        log.failed(replica, "refused", Duration.ofMillis(1500));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "2026-01-02 03:04:05.678 [site] rsync://h/m/: 2 paths, 3 files with 4096 bytes, 12 ms",
                        "2026-01-02 03:04:05.678 [site] rsync://h/m/:   a?b",
                        "2026-01-02 03:04:05.678 [site] rsync://h/m/:   d/**");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("2026-01-02 03:04:05.678 [site] rsync://h/m/: refused (next attempt in 1.5 s)\n");
    }
}
