package io.sluice.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.protocol.tls.CertificateAuthority.Validity;
import io.sluice.protocol.tls.TlsException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of TLS over sockets of this machine. Where an end must be refused, the same certificates with the right host pass in another test. */
@Timeout(60)
class TlsStreamsTest {
    private static final int AMOUNT = 3_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CertificateAuthority authority = Certificates.authority("authority");
    private final TlsIdentity server =
            authority.issueForServer(Certificates.hosts("web1.example", "127.0.0.1", "::1"), Certificates.NOW);
    private ServerSocket listener;
    private Socket socket;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        accepted = listener.accept();
    }

    @AfterEach
    void disconnect() throws IOException {
        socket.close();
        accepted.close();
        listener.close();
    }

    private TlsStreams client(TlsContext context, String host) throws IOException {
        return new TlsStreams(context.clientEngine(host, 874), socket.getInputStream(), socket.getOutputStream());
    }

    private TlsStreams server(TlsContext context) throws IOException {
        return new TlsStreams(context.serverEngine(), accepted.getInputStream(), accepted.getOutputStream());
    }

    private TlsContext trusting(CertificateAuthority trusted) throws IOException {
        return TlsContext.ofClient(
                Optional.empty(), TlsTrust.of(trusted.identity().chain()));
    }

    private static TlsContext of(TlsIdentity identity) throws IOException {
        return TlsContext.ofServer(identity, Optional.empty());
    }

    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> beside(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private TlsStreams connected(TlsStreams ours, TlsStreams theirs) throws Exception {
        CompletableFuture<Void> other = beside(theirs::handshake);
        ours.handshake();
        other.get(30, TimeUnit.SECONDS);
        return ours;
    }

    /** Both directions at the same time, with writes and reads of every size up to several records. */
    @ParameterizedTest
    @ValueSource(strings = {"web1.example", "127.0.0.1", "::1"})
    void carriesEveryByteInBothDirections(String host) throws Exception {
        TlsStreams theirs = server(of(server));
        TlsStreams ours = connected(client(trusting(authority), host), theirs);
        byte[] there = random(1);
        byte[] back = random(2);
        CompletableFuture<Void> writing = beside(() -> write(ours, there));
        CompletableFuture<Void> answering = beside(() -> write(theirs, back));
        CompletableFuture<Void> reading =
                beside(() -> assertThat(read(theirs.input(), 3)).isEqualTo(there));
        assertThat(read(ours.input(), 4)).isEqualTo(back);
        CompletableFuture.allOf(writing, answering, reading).get(30, TimeUnit.SECONDS);
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[AMOUNT];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void write(TlsStreams to, byte[] content) throws IOException {
        Random sizes = new Random(content[0]);
        OutputStream out = to.output();
        int done = 0;
        while (done < content.length) {
            int length = Math.min(sizes.nextInt(1, 80_000), content.length - done);
            out.write(content, done, length);
            done += length;
        }
        to.end(PATIENCE);
    }

    private static byte[] read(InputStream in, int seed) throws IOException {
        Random sizes = new Random(seed);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[100_000];
        while (true) {
            int offset = sizes.nextInt(0, 1000);
            int count = in.read(buffer, offset, sizes.nextInt(1, sizes.nextBoolean() ? 100 : 99_000));
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(buffer, offset, count);
        }
    }

    @Test
    void anOrderlyEndIsAnEndAndACutIsAnError() throws Exception {
        TlsStreams theirs = server(of(server));
        TlsStreams ours = connected(client(trusting(authority), "web1.example"), theirs);
        theirs.output().write("half".getBytes(StandardCharsets.US_ASCII));
        accepted.shutdownOutput();
        assertThat(ours.input().readNBytes(4)).isEqualTo("half".getBytes(StandardCharsets.US_ASCII));
        TlsException cut =
                catchThrowableOfType(TlsException.class, () -> ours.input().read());
        assertThat(cut.kind()).isEqualTo(Kind.CUT);
        assertThat(cut).hasMessageContaining("close_notify");
        ours.end(PATIENCE);
        assertThat(theirs.input().read()).isEqualTo(-1);
        assertThat(theirs.input().read()).isEqualTo(-1);
    }

    @Test
    void aChangedByteIsAnError() throws Exception {
        TlsStreams theirs = server(of(server));
        TlsStreams ours = connected(client(trusting(authority), "web1.example"), theirs);
        byte[] forged = new byte[100];
        forged[0] = 23;
        forged[1] = 3;
        forged[2] = 3;
        forged[4] = 95;
        accepted.getOutputStream().write(forged);
        assertThatThrownBy(() -> ours.input().read()).isInstanceOf(TlsException.class);
    }

    @Test
    void anotherHostIsRefusedWithItsNames() throws Exception {
        TlsException refused = refused(trusting(authority), "web2.example", of(server));
        assertThat(refused.kind()).isEqualTo(Kind.OTHER_HOST);
        assertThat(refused).hasMessageContaining("web1.example, 127.0.0.1");
        connectAnew();
        assertThat(refused(trusting(authority), "127.0.0.2", of(server)).kind()).isEqualTo(Kind.OTHER_HOST);
    }

    @Test
    void anUnknownAuthorityIsRefusedWithItsName() throws Exception {
        TlsException refused = refused(trusting(Certificates.authority("another")), "web1.example", of(server));
        assertThat(refused.kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(refused).hasMessageContaining("CN=web1.example").hasMessageContaining("CN=authority");
        connectAnew();
        TlsContext runtime = TlsContext.ofClient(Optional.empty(), TlsTrust.ofRuntime());
        assertThat(refused(runtime, "web1.example", of(server)).kind()).isEqualTo(Kind.UNTRUSTED);
    }

    @Test
    void aCertificateOutOfItsTimeIsRefused() throws Exception {
        for (Validity validity : List.of(Certificates.PAST, Certificates.FUTURE)) {
            TlsIdentity wrong = authority.issueForServer(Certificates.hosts("web1.example"), validity);
            assertThat(refused(trusting(authority), "web1.example", of(wrong)).kind())
                    .isEqualTo(Kind.OUT_OF_TIME);
            connectAnew();
        }
    }

    /** The JDK takes a certificate that is listed itself, whatever its time. */
    @Test
    void anExpiredCertificateIsRefusedEvenIfItIsTrustedItself() throws Exception {
        TlsIdentity old = authority.issueForServer(Certificates.hosts("web1.example"), Certificates.PAST);
        TlsContext listed = TlsContext.ofClient(
                Optional.empty(), TlsTrust.of(List.of(old.chain().getFirst())));
        assertThat(refused(listed, "web1.example", of(old)).kind()).isEqualTo(Kind.OUT_OF_TIME);
    }

    private void connectAnew() throws IOException {
        disconnect();
        connect();
    }

    private TlsException refused(TlsContext clients, String host, TlsContext servers) throws IOException {
        TlsStreams theirs = server(servers);
        CompletableFuture<Void> other = beside(theirs::handshake);
        TlsException refusal = catchThrowableOfType(
                TlsException.class, () -> client(clients, host).handshake());
        assertThatThrownBy(() -> other.get(30, TimeUnit.SECONDS))
                .as("the server hears of it")
                .hasMessageContaining("the other end broke off");
        return refusal;
    }

    @Test
    void aClientWithoutTheCertificateThatIsWantedHearsSo() throws Exception {
        TlsContext demanding = TlsContext.ofServer(
                server, Optional.of(TlsTrust.of(authority.identity().chain())));
        TlsStreams theirs = server(demanding);
        CompletableFuture<Void> other = beside(() -> {
            try {
                theirs.handshake();
            } finally {
                accepted.close();
            }
        });
        TlsStreams ours = client(trusting(authority), "web1.example");
        TlsException told = catchThrowableOfType(TlsException.class, () -> {
            ours.handshake(); // which is over for a client before its certificate is looked at
            ours.input().read();
        });
        assertThat(told.kind()).isEqualTo(Kind.OUR_CERTIFICATE);
        assertThat(other).failsWithin(PATIENCE);
    }

    @Test
    void aClientsCertificateCountsIfItsAuthorityIsTrustedAndItIsForClients() throws Exception {
        TlsContext demanding = TlsContext.ofServer(
                server, Optional.of(TlsTrust.of(authority.identity().chain())));
        TlsIdentity publisher = authority.issueForClient("publisher", Certificates.NOW);
        TlsStreams theirs = server(demanding);
        TlsTrust trust = TlsTrust.of(authority.identity().chain());
        connected(client(TlsContext.ofClient(Optional.of(publisher), trust), "web1.example"), theirs);
        assertThat(CertificateNames.commonName(publisher.chain().getFirst())).contains("publisher");

        connectAnew();
        TlsStreams again = server(demanding);
        CompletableFuture<Void> other = beside(again::handshake);
        TlsStreams serversOwn = client(TlsContext.ofClient(Optional.of(server), trust), "web1.example");
        serversOwn.handshake();
        assertThat(other).as("a server's certificate is none for a client").failsWithin(PATIENCE);
    }

    @Test
    void whatIsNoTlsIsShown() throws Exception {
        accepted.getOutputStream().write("@RSYNCD: 32.0 sha512\nmore".getBytes(StandardCharsets.US_ASCII));
        TlsException plain = catchThrowableOfType(
                TlsException.class,
                () -> client(trusting(authority), "web1.example").handshake());
        assertThat(plain.kind()).isEqualTo(Kind.NOT_TLS);
        assertThat(plain).hasMessageEndingWith("\"@RSYNCD: 32.0 sha512\"");
    }

    @Test
    void anEndInTheHandshakeIsACut() throws Exception {
        accepted.shutdownOutput();
        TlsException cut = catchThrowableOfType(
                TlsException.class,
                () -> client(trusting(authority), "web1.example").handshake());
        assertThat(cut.kind()).isEqualTo(Kind.CUT);
    }

    /** Bytes that somebody else has read already, as after a handshake on an event loop. */
    @Test
    void goesOnFromBytesThatWereReadAlready() throws Exception {
        TlsStreams theirs = server(of(server));
        var engine = trusting(authority).clientEngine("web1.example", 874);
        TlsStreams first = new TlsStreams(engine, socket.getInputStream(), socket.getOutputStream());
        connected(first, theirs);
        byte[] content = random(5);
        CompletableFuture<Void> writing = beside(() -> write(theirs, content));
        byte[] begun = socket.getInputStream().readNBytes(300_001);
        TlsStreams second = new TlsStreams(engine, socket.getInputStream(), socket.getOutputStream(), begun);
        assertThat(read(second.input(), 6)).isEqualTo(content);
        writing.get(30, TimeUnit.SECONDS);
    }
}
