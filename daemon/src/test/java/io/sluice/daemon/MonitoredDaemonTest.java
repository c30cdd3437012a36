package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a daemon that has something to do. */
class MonitoredDaemonTest {
    private static final Pattern LISTED = Pattern.compile("""
            status: 2 connections
            status: 127.0.0.1 conversation since [-0-9T:]+Z \\([0-9]+ seconds\\)
            status: localhost \\(127.0.0.1\\) transfer module m sent [0-9]+ received [0-9]+ since""");

    private static final String CONFIGURATION = """
            metrics address = :0
            use chroot = no
            @ME@
            lock file = @DIR@/lock
            [m]
            path = @TREE@
            read only = no
            [closed]
            path = @TREE@
            hosts deny = *
            [users]
            path = @TREE@
            auth users = joe
            secrets file = @DIR@/secrets
            [full]
            path = @TREE@
            max connections = -1
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void needsRsync() {
        RsyncProgram.requireInstalled();
    }

    /** Every figure is one that only this test's connections can have brought about, and was 0 or missing before. */
    @Test
    void countsWhatBecomesOfConnections() throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("one"), "1");
        Files.writeString(source.resolve("two"), "22");
        try (DaemonFixture fixture = new DaemonFixture(directory, CONFIGURATION)) {
            assertThat(metrics(fixture))
                    .contains("sluice_connections_accepted_total 0.0")
                    .contains("sluice_refused_total{reason=\"access\"} 0.0")
                    .doesNotContain("sluice_transfers");
            assertThat(RsyncProgram.run("-r", source + "/", fixture.url("m/")).code())
                    .isZero();
            assertThat(RsyncProgram.run("-r", fixture.url("m/no-such-file"), directory + "/copy/")
                            .code())
                    .isEqualTo(23);
            for (String module : new String[] {"closed", "users", "full", "none"}) {
                assertThat(RsyncProgram.run("--password-file=" + password(), fixture.url(module + "/"))
                                .code())
                        .isEqualTo(5);
            }
            fixture.awaitIdle();
            assertThat(metrics(fixture))
                    .contains("sluice_connections_accepted_total 6.0")
                    .contains("sluice_connections{state=\"conversation\"} 0.0")
                    .contains("sluice_connections{state=\"transfer\"} 0.0")
                    .contains("sluice_refused_total{reason=\"access\"} 2.0")
                    .contains("sluice_refused_total{reason=\"authentication\"} 1.0")
                    .contains("sluice_refused_total{reason=\"limit\"} 1.0")
                    .contains("sluice_transfers_seconds_count{direction=\"received\",module=\"m\",result=\"ok\"} 1")
                    .contains("sluice_transfers_seconds_count{direction=\"sent\",module=\"m\",result=\"partial\"} 1")
                    .contains("sluice_files_total{direction=\"received\",module=\"m\"} 2.0")
                    .containsPattern("sluice_bytes_total\\{direction=\"received\",module=\"m\"} [1-9]")
                    .containsPattern("sluice_bytes_total\\{direction=\"sent\",module=\"m\"} [1-9]");
        }
    }

    private Path password() throws IOException {
        Path file = directory.resolve("password");
        Files.writeString(file, "wrong\n");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static String metrics(DaemonFixture fixture) throws IOException {
        return get(fixture, "/metrics");
    }

    private static String get(DaemonFixture fixture, String path) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), fixture.daemon.metricsPort().orElseThrow())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersNothingElse() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, CONFIGURATION)) {
            assertThat(metrics(fixture)).startsWith("HTTP/1.1 200 OK");
            assertThat(get(fixture, "/")).startsWith("HTTP/1.1 404 Not Found").doesNotContain("sluice_");
        }
    }

    /** One that does not ask for metrics does not listen for those who do, or another program's port would be taken. */
    @Test
    void hasNoMetricsUnlessAskedTo() throws IOException {
        try (DaemonFixture fixture =
                new DaemonFixture(directory, CONFIGURATION.replace("metrics address = :0\n", ""))) {
            assertThat(fixture.daemon.metricsPort()).isEmpty();
        }
    }

    @Test
    void logsALineForEachConnectionThatIsThere() throws Exception {
        try (DaemonFixture fixture = new DaemonFixture(directory, CONFIGURATION);
                RawPeer waiting = RawPeer.greeted(fixture.port());
                RawPeer inModule = RawPeer.greeted(fixture.port())) {
            inModule.say("m\n");
            inModule.line();
            inModule.say("--server\0--sender\0-r\0.\0m/\0\0");
            DaemonFixture.await(() -> lists(fixture), "no transfer is listed beside a conversation");
            waiting.say("#list\n");
        }
    }

    /** For a moment, a connection that enters a module is both. */
    private static boolean lists(DaemonFixture fixture) {
        fixture.daemon.logConnections();
        return LISTED.matcher(fixture.log()).find();
    }
}
