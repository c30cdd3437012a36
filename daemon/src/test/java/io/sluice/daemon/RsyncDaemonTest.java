package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The conversation over real sockets. The texts are those that rsync 3.5.0's daemon gave for the same configuration; every refusal differs in one thing
 * from a connection that is let in.
 */
class RsyncDaemonTest {
    private static final String CONFIGURATION = """
            @ME@
            use chroot = no
            lock file = @DIR@/lock
            hosts allow = 127.0.0.1
            [open]
            path = @TREE@
            comment = an open module
            [users]
            path = @TREE@
            auth users = joe
            secrets file = @DIR@/secrets
            [one]
            path = @TREE@
            max connections = 1
            [denied]
            path = @TREE@
            hosts allow = 10.0.0.1
            [hidden]
            path = @TREE@
            list = no
            hosts allow = 10.0.0.1
            [nopath]
            [gone]
            path = @DIR@/gone
            [nouser]
            path = @TREE@
            uid = nosuchuser
            [nogroup]
            path = @TREE@
            gid = nosuchgroup
            [closed]
            path = @TREE@
            max connections = -1
            [strong]
            path = @TREE@
            auth users = joe
            secrets file = @DIR@/secrets
            auth digest = sha256
            """;

    @TempDir
    Path directory;

    private DaemonFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new DaemonFixture(directory, CONFIGURATION);
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#list", ""})
    void listsModules(String request) throws IOException {
        try (RawPeer peer = new RawPeer(fixture.port())) {
            assertThat(peer.line()).isEqualTo(RawPeer.GREETING);
            peer.say(RawPeer.GREETING + "\n" + request + "\n");
            assertThat(peer.rest())
                    .startsWith("open           \tan open module\nusers          \t\n")
                    .doesNotContain("hidden")
                    .endsWith("@RSYNCD: EXIT\n");
        }
        assertThat(fixture.log()).contains("module-list request from localhost (127.0.0.1)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1|@ERROR: protocol startup error",
                "@RSYNCD: 31|@ERROR: your client omitted the subprotocol value: @RSYNCD: 31",
                "@RSYNCD: 32.0|@ERROR: your client omitted the digest name list: @RSYNCD: 32.0",
                "@RSYNCD: 26.0|@ERROR: protocol version: 26.0 (expected: at least 27.0)",
            })
    void refusesStrangeGreetings(String greeting, String answer) throws IOException {
        try (RawPeer peer = new RawPeer(fixture.port())) {
            peer.line();
            peer.say(greeting + "\n");
            assertThat(peer.rest()).isEqualTo(answer + "\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open|@RSYNCD: OK",
                "none|@ERROR: Unknown module 'none'",
                "OPEN|@ERROR: Unknown module 'OPEN'",
                "#what|@ERROR: Unknown command '#what'",
                "denied|@ERROR: access denied to denied from localhost (127.0.0.1)",
                "hidden|@ERROR: Unknown module 'hidden'",
                "nopath|@ERROR: no path setting.",
                "gone|@ERROR: chdir failed",
                "nouser|@ERROR: invalid uid nosuchuser",
                "nogroup|@ERROR: invalid gid nosuchgroup",
                "closed|@ERROR: max connections (-1) reached -- try again later",
            })
    void answersToAModuleAsRsyncDoes(String module, String answer) throws IOException {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say(module + "\n");
            assertThat(peer.line()).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @CsvSource({"sha512, SHA512", "sha1 md5, SHA1", "md4, MD4", "new sha256 md5, SHA256"})
    void letsUsersInWithTheBestDigestThatBothKnow(String offered, DigestType digest) throws IOException {
        assertThat(authenticate("users", offered, digest, "joe", "secret")).isEqualTo("@RSYNCD: OK");
        assertThat(authenticate("users", offered, digest, "joe", "wrong"))
                .isEqualTo("@ERROR: auth failed on module users");
        assertThat(fixture.log())
                .contains("auth failed on module users from localhost (127.0.0.1) for joe: password mismatch\n");
    }

    @Test
    void refusesDigestsThatAreTooWeak() throws IOException {
        assertThat(authenticate("strong", "sha256", DigestType.SHA256, "joe", "secret"))
                .isEqualTo("@RSYNCD: OK");
        try (RawPeer peer = new RawPeer(fixture.port())) {
            peer.line();
            peer.say("@RSYNCD: 32.0 md5\nstrong\n");
            assertThat(peer.rest()).isEqualTo("@ERROR: auth failed on module strong\n");
        }
        assertThat(fixture.log()).contains("negotiated auth digest md5 is weaker than the required");
    }

    @Test
    void refusesAnAnswerThatIsNone() throws IOException {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("users\n");
            peer.line();
            peer.say("joe\n");
            assertThat(peer.rest()).isEqualTo("@ERROR: auth failed on module users\n");
        }
        assertThat(fixture.log()).contains("auth failed on module users from localhost (127.0.0.1): invalid challenge");
    }

    @Test
    void sendsADifferentChallengeEachTime() throws IOException {
        assertThat(challenge()).isNotEqualTo(challenge());
    }

    private String challenge() throws IOException {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("users\n");
            return peer.line();
        }
    }

    private String authenticate(String module, String offered, DigestType digest, String user, String password)
            throws IOException {
        try (RawPeer peer = new RawPeer(fixture.port())) {
            peer.line();
            peer.say("@RSYNCD: 32.0 " + offered + "\n" + module + "\n");
            String request = peer.line();
            assertThat(request).startsWith("@RSYNCD: AUTHREQD ");
            String challenge = request.substring("@RSYNCD: AUTHREQD ".length());
            byte[] secret = password.getBytes(StandardCharsets.UTF_8);
            peer.say(user + " " + ChallengeResponse.respond(digest, secret, challenge) + "\n");
            return peer.line();
        }
    }

    /** The second is let in once the first is gone, however it went: so nothing of the first is left. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsConnectionsUntilTheyEnd(boolean cut) throws IOException {
        RawPeer first = RawPeer.greeted(fixture.port());
        first.say("one\n");
        assertThat(first.line()).isEqualTo("@RSYNCD: OK");
        try (RawPeer second = RawPeer.greeted(fixture.port())) {
            second.say("one\n");
            assertThat(second.rest()).isEqualTo("@ERROR: max connections (1) reached -- try again later\n");
        }
        if (cut) {
            first.cut();
        } else {
            first.close();
        }
        fixture.awaitIdle();
        try (RawPeer third = RawPeer.greeted(fixture.port())) {
            third.say("one\n");
            assertThat(third.line()).isEqualTo("@RSYNCD: OK");
        }
    }

    @Test
    void leavesNothingOfPeersThatVanishAtAnyPoint() throws IOException {
        String[] parts = {
            "@RSY", "NCD: 32.0 md5\n", "one", "\n", "--server\0", "--sender\0", "-e.LsfxCIvu\0.\0one/\0", "\0"
        };
        vanish(parts, parts.length);
        fixture.awaitIdle();
        long before = DaemonFixture.descriptors();
        for (int said = 0; said <= parts.length; said++) {
            vanish(parts, said);
            fixture.awaitIdle();
        }
        DaemonFixture.await(() -> descriptors() <= before, "descriptors are left");
        assertThat(transferThreads()).isZero();
    }

    private void vanish(String[] parts, int count) throws IOException {
        RawPeer peer = new RawPeer(fixture.port());
        peer.line();
        for (int i = 0; i < count; i++) {
            peer.say(parts[i]);
        }
        peer.cut();
    }

    private static long descriptors() {
        try {
            return DaemonFixture.descriptors();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long transferThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("transfer-"))
                .count();
    }

    @Test
    void hangsUpOnLinesWithoutEnd() throws IOException {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            String kilobyte = "x".repeat(1024);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            peer.say(kilobyte);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        fixture.awaitIdle();
    }

    @Test
    void refusesTooManyArguments() throws IOException {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("open\n");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            peer.say("x\0".repeat(16_001));
            assertThat(peer.line()).isEqualTo("@ERROR: too many daemon arguments");
        }
    }

    @Test
    void hangsUpWhenAPeerTakesTooLong() throws IOException {
        fixture.close();
        fixture = new DaemonFixture(directory, CONFIGURATION, Duration.ofMillis(300));
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("one\n");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            assertThat(peer.rest()).as("closed without a word").isEmpty();
        }
        fixture.awaitIdle();
    }

    @Test
    void sendsTheMessageOfTheDay() throws IOException {
        Files.writeString(directory.resolve("motd"), "Hello\nthere\n");
        fixture.write("motd file = @DIR@/motd\n" + CONFIGURATION);
        try (RawPeer peer = new RawPeer(fixture.port())) {
            assertThat(peer.line()).isEqualTo(RawPeer.GREETING);
            assertThat(peer.line()).isEqualTo("Hello");
            assertThat(peer.line()).isEqualTo("there");
            assertThat(peer.line()).isEmpty();
        }
    }

    @Test
    void takesANewConfigurationForTheNextConnection() throws IOException {
        fixture.write(CONFIGURATION + "[late]\npath = @TREE@\n");
        assertThat(answer("late")).isEqualTo("@RSYNCD: OK");
        fixture.write(CONFIGURATION + "[late]\npath = @TREE@\n[half\n");
        assertThat(answer("late")).isEqualTo("@RSYNCD: OK");
        assertThat(fixture.log()).contains("configuration is kept as it was").contains("half");
    }

    private String answer(String module) throws IOException {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say(module + "\n");
            return peer.line();
        }
    }

    @Test
    void refusesToStartOnAPortThatIsTaken() {
        assertThatThrownBy(() -> RsyncDaemon.start(DaemonSettings.of(fixture.configuration)
                        .onPort(fixture.port())
                        .onAddress("127.0.0.1")))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SOCKET_IO))
                .hasMessageStartingWith("unable to bind any inbound sockets on port " + fixture.port());
    }

    @Test
    void endsConversationsAndLetsGoOfThePort() throws IOException {
        int port = fixture.port();
        try (RawPeer peer = RawPeer.greeted(port)) {
            peer.say("one\n");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            fixture.close();
            assertThat(peer.rest()).isEmpty();
        }
        assertThatThrownBy(() -> new RawPeer(port)).isInstanceOf(ConnectException.class);
    }
}
