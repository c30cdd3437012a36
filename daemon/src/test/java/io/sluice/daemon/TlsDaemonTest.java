package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import io.sluice.protocol.tls.CertificateAuthority;
import io.sluice.protocol.tls.CertificateAuthority.Validity;
import io.sluice.protocol.tls.HostName;
import io.sluice.protocol.tls.TlsContext;
import io.sluice.protocol.tls.TlsException;
import io.sluice.protocol.tls.TlsIdentity;
import io.sluice.protocol.tls.TlsStreams;
import io.sluice.protocol.tls.TlsTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon with a port for TLS. Every refusal differs in one thing from a connection that is let in. */
@Timeout(60)
class TlsDaemonTest {
    private static final Validity VALIDITY =
            new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z"));
    private static final String PLAIN = """
            @ME@
            use chroot = no
            tls port = 0
            tls certificate = @DIR@/web1.pem
            tls key = @DIR@/web1-key.pem
            [open]
            path = @TREE@
            """;
    private static final String MUTUAL = """
            @ME@
            use chroot = no
            tls port = 0
            tls certificate = @DIR@/web1.pem
            tls key = @DIR@/web1-key.pem
            tls client ca = @DIR@/ca.pem
            secrets file = @DIR@/secrets
            [certificates]
            path = @TREE@
            auth users = tls:banned:deny tls:publish*:rw
            [both]
            path = @TREE@
            auth users = joe, tls:publisher
            """;

    @TempDir
    Path directory;

    private final CertificateAuthority authority =
            CertificateAuthority.create("authority", VALIDITY, new SecureRandom());

    @BeforeEach
    void makeCertificates() throws IOException {
        Files.writeString(directory.resolve("ca.pem"), authority.identity().certificateText());
        write(authority.issueForServer(List.of(HostName.of("web1")), VALIDITY));
    }

    private void write(TlsIdentity identity) throws IOException {
        Files.writeString(directory.resolve("web1.pem"), identity.certificateText());
        Path key = directory.resolve("web1-key.pem");
        Files.writeString(key, identity.keyText());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    /** A client of the daemon's TLS port. */
    private final class TlsPeer implements AutoCloseable {
        private final Socket socket;
        private final TlsStreams streams;
        private final String shown;

        TlsPeer(DaemonFixture fixture, Optional<TlsIdentity> certificate) throws IOException {
            int port = fixture.daemon.tlsPort().orElseThrow();
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            TlsTrust trust =
                    TlsTrust.read(directory.resolve("ca.pem").toString().getBytes(StandardCharsets.UTF_8));
            var engine = TlsContext.ofClient(certificate, trust).clientEngine("web1", port);
            streams = new TlsStreams(engine, socket.getInputStream(), socket.getOutputStream());
            streams.handshake();
            shown = engine.getSession().getPeerPrincipal().getName() + " "
                    + engine.getSession().getProtocol() + " "
                    + ((java.security.cert.X509Certificate) engine.getSession().getPeerCertificates()[0])
                            .getSerialNumber();
        }

        void say(String text) throws IOException {
            streams.output().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Greets and names a module; the answer to that. */
        String module(String name) throws IOException {
            assertThat(line()).isEqualTo(RawPeer.GREETING);
            say(RawPeer.GREETING + "\n" + name + "\n");
            return line();
        }

        String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = streams.input().read();
                    c >= 0 && c != '\n';
                    c = streams.input().read()) {
                line.write(c);
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        /** Everything until the daemon says that this was all. */
        String rest() throws IOException {
            return new String(streams.input().readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private TlsPeer anybody(DaemonFixture fixture) throws IOException {
        return new TlsPeer(fixture, Optional.empty());
    }

    private TlsPeer client(DaemonFixture fixture, String name) throws IOException {
        return new TlsPeer(fixture, Optional.of(authority.issueForClient(name, VALIDITY)));
    }

    @Test
    void conversesByTlsThirteenAndEndsInOrder() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, PLAIN);
                TlsPeer peer = anybody(fixture)) {
            assertThat(peer.shown).startsWith("CN=web1 TLSv1.3 ");
            assertThat(peer.module("#list")).isEqualTo("open           \t");
            assertThat(peer.rest())
                    .as("an end without close_notify would be an error")
                    .isEqualTo("@RSYNCD: EXIT\n");
            assertThat(fixture.daemon.tlsPort().orElseThrow()).isNotEqualTo(fixture.port());
        }
    }

    /** The arguments make no sense: the transfer itself says so, which shows that it has the connection. */
    @Test
    void handsTheConnectionOverInTheMiddleOfTls() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, PLAIN)) {
            long before = DaemonFixture.descriptors();
            try (TlsPeer peer = anybody(fixture)) {
                assertThat(peer.module("open")).isEqualTo("@RSYNCD: OK");
                peer.say("--server\0--sender\0--nonsense\0.\0open/\0\0");
                assertThat(peer.rest()).contains("nonsense");
            }
            fixture.awaitIdle();
            DaemonFixture.await(() -> descriptorsAtMost(before), "descriptors are left open");
        }
    }

    private static boolean descriptorsAtMost(long count) {
        try {
            return DaemonFixture.descriptors() <= count;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void tellsAClientWithoutTlsWhatThePortIsFor() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, PLAIN);
                RawPeer peer = new RawPeer(fixture.daemon.tlsPort().orElseThrow())) {
            peer.say(RawPeer.GREETING + "\nopen\n");
            assertThat(peer.rest()).isEqualTo("@ERROR: this port is for TLS -- use rsyncs://, --tls or rsync-ssl\n");
            fixture.awaitIdle();
        }
    }

    @Test
    void aPeerThatNeverBeginsTlsIsCut() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, PLAIN, Duration.ofMillis(300));
                RawPeer silent = new RawPeer(fixture.daemon.tlsPort().orElseThrow());
                RawPeer slow = new RawPeer(fixture.daemon.tlsPort().orElseThrow())) {
            slow.say("\u0016\u0003\u0001\u0002\u0000\u0001"); // the head of a handshake
            assertThat(silent.rest()).isEmpty();
            assertThat(slow.rest()).isEmpty();
            fixture.awaitIdle();
        }
    }

    @Test
    void certificatesOpenModulesAsTheRulesSay() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, MUTUAL)) {
            try (TlsPeer peer = client(fixture, "publisher")) {
                assertThat(peer.module("certificates")).isEqualTo("@RSYNCD: OK");
            }
            for (String other : List.of("banned", "joe", "../publisher", "publisher/x")) {
                try (TlsPeer peer = client(fixture, other)) {
                    assertThat(peer.module("certificates"))
                            .as(other)
                            .isEqualTo("@ERROR: auth failed on module certificates");
                }
            }
            try (RawPeer plain = RawPeer.greeted(fixture.port())) {
                plain.say("certificates\n");
                assertThat(plain.line()).isEqualTo("@ERROR: auth failed on module certificates");
            }
            assertThat(fixture.log())
                    .contains("for banned: denied by rule\n", "for joe: no matching rule\n")
                    .contains("for nobody: no TLS certificate\n");
        }
    }

    @Test
    void whoHasNoRuleForHisCertificateMayKnowAPassword() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, MUTUAL)) {
            try (TlsPeer peer = client(fixture, "publisher")) {
                assertThat(peer.module("both")).isEqualTo("@RSYNCD: OK");
            }
            try (TlsPeer peer = client(fixture, "somebody")) {
                assertThat(peer.module("both")).startsWith("@RSYNCD: AUTHREQD ");
            }
            try (RawPeer plain = RawPeer.greeted(fixture.port())) {
                plain.say("both\n");
                String challenge = plain.line().substring("@RSYNCD: AUTHREQD ".length());
                byte[] password = "secret".getBytes(StandardCharsets.UTF_8);
                plain.say("joe " + ChallengeResponse.respond(DigestType.SHA512, password, challenge) + "\n");
                assertThat(plain.line()).isEqualTo("@RSYNCD: OK");
            }
        }
    }

    @Test
    void aClientWithoutACertificateOfThatAuthorityIsTurnedAway() throws IOException {
        CertificateAuthority other = CertificateAuthority.create("other", VALIDITY, new SecureRandom());
        try (DaemonFixture fixture = new DaemonFixture(directory, MUTUAL)) {
            assertThatThrownBy(() -> {
                        try (TlsPeer peer = anybody(fixture)) {
                            peer.module("#list");
                        }
                    })
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("certificate_required");
            assertThatThrownBy(() -> {
                        Optional<TlsIdentity> stranger = Optional.of(other.issueForClient("publisher", VALIDITY));
                        try (TlsPeer peer = new TlsPeer(fixture, stranger)) {
                            peer.module("#list");
                        }
                    })
                    .isInstanceOf(TlsException.class);
            fixture.awaitIdle();
            assertThat(fixture.log().lines().filter(line -> line.startsWith("TLS with 127.0.0.1 failed: ")))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("CN=publisher comes from an authority that is not trusted: CN=other");
        }
    }

    @Test
    void aRenewedCertificateCountsAndABrokenOneDoesNot() throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, PLAIN)) {
            String first = shown(fixture);
            assertThat(shown(fixture)).isEqualTo(first);

            write(authority.issueForServer(List.of(HostName.of("web1")), VALIDITY));
            String second = shown(fixture);
            assertThat(second).isNotEqualTo(first);

            Files.writeString(directory.resolve("web1.pem"), "nonsense");
            assertThat(shown(fixture)).isEqualTo(second);
            assertThat(shown(fixture)).isEqualTo(second);
            assertThat(fixture.log().lines().filter(line -> line.startsWith("TLS certificate and key are kept")))
                    .singleElement()
                    .asString()
                    .contains("web1.pem: no certificate in it");

            write(authority.issueForServer(List.of(HostName.of("web1")), VALIDITY));
            assertThat(shown(fixture)).isNotEqualTo(second);
        }
    }

    private String shown(DaemonFixture fixture) throws IOException {
        try (TlsPeer peer = anybody(fixture)) {
            return peer.shown;
        }
    }

    @Test
    void doesNotStartWithoutWhatItNeeds() throws IOException {
        Files.delete(directory.resolve("web1-key.pem"));
        assertThatThrownBy(() -> new DaemonFixture(directory, PLAIN).close())
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX))
                .hasMessageContaining("web1-key.pem: No such file or directory");
        for (String alone : List.of("tls port = 1874", "tls key = k", "tls client ca = c")) {
            assertThatThrownBy(() -> new DaemonFixture(directory, "[m]\npath = /\n[global]\n" + alone + "\n").close())
                    .hasMessageContaining("rsyncd.conf:4: TLS without a certificate");
        }
    }
}
