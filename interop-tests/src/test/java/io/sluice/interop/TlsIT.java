package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client by TLS to the real rsync's daemon, behind a front as administrators have one today. */
@Timeout(300)
class TlsIT {
    private static final int FILES = 100;

    @TempDir
    private Path directory;

    private Path source;
    private Path target;
    private TestCertificates certificates;

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        target = Files.createDirectories(directory.resolve("target"));
        SampleTree.plain(source, FILES, 1);
        certificates = new TestCertificates(directory.resolve("tls"));
    }

    private DaemonProcess daemon() throws IOException {
        return DaemonProcess.start(
                Program.RSYNC,
                directory.resolve("daemon"),
                "[in]\npath = " + target + "\nread only = no\n[out]\npath = " + source + "\n[user]\npath = " + target
                        + "\nauth users = web1user\nsecrets file = @HOME@/secrets\n");
    }

    private Program.Run sluice(String... arguments) throws IOException, InterruptedException {
        return Program.SLUICE.run(directory, arguments);
    }

    private String trusting() {
        return "--tls-ca=" + certificates.authorityFile();
    }

    private static void succeeds(Program.Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void pushesAndPulls(String version) throws Exception {
        try (DaemonProcess daemon = daemon();
                TlsFront front = new TlsFront(daemon.port(), certificates.server("localhost", "127.0.0.1"), version)) {
            succeeds(sluice("-a", trusting(), source + "/", "rsyncs://127.0.0.1:" + front.port() + "/in/"));
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
            Path back = directory.resolve("back");
            succeeds(sluice("-a", "--tls", trusting(), "--port=" + front.port(), "localhost::out/", back + "/"));
            assertThat(TreeSnapshot.of(back)).isEqualTo(TreeSnapshot.of(source));
            Program.Run list = sluice("--tls", trusting(), "rsync://localhost:" + front.port() + "/");
            succeeds(list);
            assertThat(list.out()).contains("in ", "out ");
            succeeds(sluice(trusting(), "rsyncs://web1user@localhost:" + front.port() + "/user/"));
        }
    }

    /** The daemon at the program's other end is a plain one, so that only TLS can fail. */
    @Test
    void runsThroughAProgramToo() throws Exception {
        Program.RSYNC.assumeInstalled();
        Path configuration = Files.writeString(directory.resolve("conf"), "[in]\npath = " + target + "\n");
        String program = "/usr/bin/rsync --daemon --config=" + configuration;
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "RSYNC_CONNECT_PROG=" + program));
        command.addAll(Program.SLUICE.rsync());
        command.addAll(List.of(trusting(), "rsyncs://host/in/"));
        refused(Processes.run(command, directory), "TLS with host:874: the other end does not speak TLS: it says");
    }

    @Test
    void runsThroughAProxyToo() throws Exception {
        try (DaemonProcess daemon = daemon();
                TlsFront front = new TlsFront(daemon.port(), certificates.server("web1.example"), "TLSv1.3");
                ProxyServer proxy = new ProxyServer(front.port())) {
            List<String> command = new ArrayList<>(List.of("/usr/bin/env", "RSYNC_PROXY=127.0.0.1:" + proxy.port()));
            command.addAll(Program.SLUICE.rsync());
            command.addAll(List.of("-a", trusting(), source + "/", "rsyncs://web1.example/in/"));
            succeeds(Processes.run(command, directory));
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
            assertThat(proxy.asked()).isEqualTo("CONNECT web1.example:874 HTTP/1.0");
        }
    }

    @Test
    void whoeverIsNotMeantIsRefused() throws Exception {
        try (DaemonProcess daemon = daemon();
                TlsFront other = new TlsFront(daemon.port(), certificates.server("web1.example"), "TLSv1.3");
                TlsFront old = new TlsFront(daemon.port(), certificates.expiredServer("localhost"), "TLSv1.3");
                TlsFront good = new TlsFront(daemon.port(), certificates.server("localhost"), "TLSv1.3")) {
            refused(
                    sluice("-a", trusting(), source + "/", "rsyncs://localhost:" + other.port() + "/in/"),
                    "TLS with localhost:" + other.port() + ": the certificate CN=web1.example is for web1.example");
            refused(
                    sluice("-a", trusting(), source + "/", "rsyncs://localhost:" + old.port() + "/in/"),
                    "the certificate CN=localhost expired: 2021-01-01T00:00:00Z");
            refused(
                    sluice("-a", source + "/", "rsyncs://localhost:" + good.port() + "/in/"),
                    "comes from an authority that is not trusted: CN=test (--tls-ca=FILE names");
            refused(
                    sluice("-a", trusting(), source + "/", "rsyncs://localhost:" + daemon.port() + "/in/"),
                    "the other end does not speak TLS: it says \"@RSYNCD: 32.0");
        }
        try (Stream<Path> arrived = Files.list(target)) {
            assertThat(arrived).isEmpty();
        }
    }

    private static void refused(Program.Run run, String reason) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
        assertThat(run.err()).contains(reason).contains("error starting client-server protocol (code 5)");
    }

    /** Nobody must believe that a connection is safe which is not. */
    @Test
    void optionsThatWouldHaveNoEffectAreRefused() throws Exception {
        String there = "rsync://localhost:1/in/";
        assertThat(sluice(trusting(), source + "/", there).exitCode()).isEqualTo(1);
        assertThat(sluice("--tls", source + "/", target + "/").exitCode()).isEqualTo(1);
        assertThat(sluice("--tls", "-e", "ssh", source + "/", there).exitCode()).isEqualTo(1);
        assertThat(sluice("--tls", "--tls-key=k", source + "/", there).exitCode())
                .isEqualTo(1);
        assertThat(sluice("--tls", "--tls-ca=/nowhere", source + "/", there).err())
                .contains("could not open /nowhere: No such file or directory (2)");
    }

    @Test
    void aHandshakeThatNobodyAnswersEndsInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "rsyncs://localhost:" + silent.getLocalPort() + "/in/";
            assertThat(sluice("--contimeout=1", trusting(), source + "/", there).exitCode())
                    .isEqualTo(35);
            assertThat(sluice("--timeout=1", trusting(), source + "/", there).exitCode())
                    .isEqualTo(30);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsCutLeavesNoTornFile(boolean push) throws Exception {
        Path large = Files.createDirectories(directory.resolve("large"));
        Files.write(large.resolve("file"), new byte[20_000_000]);
        Files.writeString(target.resolve("file"), "old");
        try (DaemonProcess daemon = DaemonProcess.start(
                        Program.RSYNC,
                        directory.resolve("daemon"),
                        "[in]\npath = " + target + "\nread only = no\n[out]\npath = " + large + "\n");
                TlsFront front = new TlsFront(daemon.port(), certificates.server("localhost"), "TLSv1.3");
                CuttingProxy proxy = new CuttingProxy(
                        front.port(), push ? 5_000_000 : Long.MAX_VALUE, push ? Long.MAX_VALUE : 5_000_000)) {
            String url = "rsyncs://localhost:" + proxy.port();
            Program.Run run = push
                    ? sluice("-aW", trusting(), large + "/", url + "/in/")
                    : sluice("-aW", trusting(), url + "/out/", target + "/");
            assertThat(run.exitCode()).as(run.err()).isIn(10, 12);
        }
        assertThat(Files.readString(target.resolve("file"))).isEqualTo("old");
    }
}
