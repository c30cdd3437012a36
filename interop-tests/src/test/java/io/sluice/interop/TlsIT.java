package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.client.PasswordSource;
import io.sluice.client.TlsOptions;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TLS between both programs: our client and the real rsync's daemon behind a front, as administrators have one today; our daemon's own port and the real
 * rsync's {@code rsync-ssl}; and both of ours.
 */
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
            Path several = directory.resolve("several");
            String there = "rsyncs://localhost:" + front.port();
            succeeds(sluice("-a", "--connections=3", trusting(), there + "/out/", several + "/"));
            assertThat(TreeSnapshot.of(several)).isEqualTo(TreeSnapshot.of(source));
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

    /** Our daemon, with a port for TLS. */
    private static final class Secure implements AutoCloseable {
        private final DaemonProcess daemon;
        private final int port;

        Secure(DaemonProcess daemon, int port) {
            this.daemon = daemon;
            this.port = port;
        }

        String url(String path) {
            return "rsync://localhost:" + port + "/" + path;
        }

        @Override
        public void close() {
            daemon.close();
        }
    }

    private Secure ours(String more, Path readable) throws IOException {
        certificates.write("web1", certificates.server("localhost"));
        int port = DaemonProcess.freePort();
        String modules = "tls port = " + port + "\ntls certificate = " + certificates.certificate("web1")
                + "\ntls key = "
                + certificates.key("web1") + "\n" + more + "[in]\npath = " + target + "\nread only = no\n[out]\npath = "
                + readable + "\n[named]\npath = " + target
                + "\nread only = no\nauth users = tls:publisher\nlog format = %o %u %f\ntransfer logging = yes\n";
        return new Secure(DaemonProcess.start(Program.SLUICE, directory.resolve("daemon"), modules), port);
    }

    /** The real client: the environment is what its script reads. */
    private Program.Run rsyncSsl(List<String> environment, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/rsync-ssl")), "rsync-ssl is not installed (package rsync)");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed (package openssl)");
        Program.RSYNC.assumeInstalled();
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/env", "RSYNC_SSL_TYPE=openssl", "RSYNC_SSL_CA_CERT=" + certificates.authorityFile()));
        command.addAll(environment);
        command.add("/usr/bin/rsync-ssl");
        command.addAll(List.of(arguments));
        return Processes.run(command, directory);
    }

    @Test
    void rsyncsOwnScriptReachesOurDaemon() throws Exception {
        try (Secure secure = ours("", source)) {
            succeeds(rsyncSsl(List.of(), "-a", source + "/", secure.url("in/")));
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
            Path back = directory.resolve("back");
            succeeds(rsyncSsl(List.of(), "-a", secure.url("out/"), back + "/"));
            assertThat(TreeSnapshot.of(back)).isEqualTo(TreeSnapshot.of(source));
            assertThat(rsyncSsl(List.of(), secure.url("")).out()).contains("in ");
        }
    }

    @Test
    void bothOfOursSpeakTls() throws Exception {
        try (Secure secure = ours("", source)) {
            succeeds(sluice("-a", "--tls", trusting(), source + "/", secure.url("in/")));
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
            Path back = directory.resolve("back");
            succeeds(sluice("-a", "--tls", trusting(), secure.url("out/"), back + "/"));
            assertThat(TreeSnapshot.of(back)).isEqualTo(TreeSnapshot.of(source));
            for (Program program : Program.values()) {
                Program.Run plain = program.run(directory, "-a", source + "/", secure.url("in/"));
                assertThat(plain.exitCode()).isEqualTo(5);
                assertThat(plain.err()).contains("@ERROR: this port is for TLS");
            }
        }
    }

    @Test
    void aCertificateStandsForAPassword() throws Exception {
        certificates.write("publisher", certificates.client("publisher"));
        certificates.write("other", certificates.client("other"));
        try (Secure secure = ours("tls client ca = " + certificates.authorityFile() + "\n", source)) {
            String named = secure.url("named/");
            refused(sluice("-a", "--tls", trusting(), source + "/", named), "certificate_required (--tls-cert=FILE");
            refused(sluice("-a", "--tls", trusting(), own("other"), key("other"), source + "/", named), "auth failed");
            succeeds(sluice("-a", "--tls", trusting(), own("publisher"), key("publisher"), source + "/", named));
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
            assertThat(secure.daemon.log()).contains(" recv publisher ");

            List<String> environment = List.of(
                    "RSYNC_SSL_CERT=" + certificates.certificate("publisher"),
                    "RSYNC_SSL_KEY=" + certificates.key("publisher"));
            succeeds(rsyncSsl(environment, "-a", "--delete", directory.resolve("tls") + "/", named));
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(directory.resolve("tls")));
        }
    }

    private String own(String name) {
        return "--tls-cert=" + certificates.certificate(name);
    }

    private String key(String name) {
        return "--tls-key=" + certificates.key(name);
    }

    /** The daemon takes what was cut for an error too. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutBetweenBothOfOursLeavesNoTornFile(boolean push) throws Exception {
        Path large = Files.createDirectories(directory.resolve("large"));
        Files.write(large.resolve("file"), new byte[20_000_000]);
        Files.writeString(target.resolve("file"), "old");
        try (Secure secure = ours("", large);
                CuttingProxy proxy = new CuttingProxy(
                        secure.port, push ? 5_000_000 : Long.MAX_VALUE, push ? Long.MAX_VALUE : 5_000_000)) {
            String url = "rsyncs://localhost:" + proxy.port();
            Program.Run run = push
                    ? sluice("-aW", trusting(), large + "/", url + "/in/")
                    : sluice("-aW", trusting(), url + "/out/", target + "/");
            assertThat(run.exitCode()).as(run.err()).isIn(10, 12);
        }
        try (Stream<Path> left = Files.list(target)) {
            assertThat(left).containsExactly(target.resolve("file"));
        }
        assertThat(Files.readString(target.resolve("file"))).isEqualTo("old");
    }

    @Test
    void aMirrorReachesItsReplicasByTls() throws Exception {
        certificates.write("publisher", certificates.client("publisher"));
        try (Secure secure = ours("tls client ca = " + certificates.authorityFile() + "\n", source)) {
            TlsOptions tls = TlsOptions.DEFAULT
                    .withAuthorities(certificates.authorityFile())
                    .withCertificate(certificates.certificate("publisher"), certificates.key("publisher"));
            Replica replica = Replica.of("rsyncs://localhost:" + secure.port + "/named/", PasswordSource.of(""));
            MirrorConfiguration configuration =
                    MirrorConfiguration.of(source, List.of(replica)).withTls(tls);
            try (Mirror mirror = new Mirror(configuration, new MirrorListener() {})) {
                mirror.start();
                awaitEqual();
                Files.writeString(source.resolve("later"), "written while the mirror runs");
                awaitEqual();
            }
        }
    }

    private void awaitEqual() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isEqual()) {
            assertThat(System.nanoTime()).as("the replica differs").isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** A temporary file that is there when its directory is listed may have its name when it is looked at. */
    private boolean isEqual() {
        try {
            return TreeSnapshot.of(target).equals(TreeSnapshot.of(source));
        } catch (IOException changedWhileItWasRead) {
            return false;
        }
    }
}
