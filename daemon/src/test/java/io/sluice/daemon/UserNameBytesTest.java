package io.sluice.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user whose name is no text in UTF-8: whatever reads it as such has something else in its place, which is not what these find. */
@Timeout(60)
class UserNameBytesTest {
    private static final String NAME = "j\u00FFe";
    private static final String CONFIGURATION = """
            @ME@
            use chroot = no
            log file = @DIR@/log
            auth users = j?e
            secrets file = @DIR@/secrets-of-bytes
            [home]
            path = @DIR@/home-%RSYNC_USER_NAME%
            early exec = printenv RSYNC_USER_NAME > @DIR@/seen
            """;

    @TempDir
    Path directory;

    private DaemonFixture fixture;

    @BeforeEach
    void start() throws Exception {
        Path secrets = directory.resolve("secrets-of-bytes");
        Files.writeString(secrets, NAME + ":secret\n", ISO_8859_1);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Process made = new ProcessBuilder("sh", "-c", "mkdir \"$(printf 'home-j\\377e')\"")
                .directory(directory.toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        fixture = new DaemonFixture(directory, CONFIGURATION);
    }

    @AfterEach
    void stop() throws IOException {
        fixture.awaitIdle();
        fixture.close();
    }

    private void login(RawPeer peer, String password) throws IOException {
        peer.say("home\n");
        String challenge = peer.line().substring("@RSYNCD: AUTHREQD ".length());
        peer.say(NAME + " " + ChallengeResponse.respond(DigestType.SHA512, password.getBytes(ISO_8859_1), challenge)
                + "\n");
    }

    private void awaitLog(String text) {
        DaemonFixture.await(() -> log().contains(text), "not in the log: " + text);
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"), ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The module is there at all, as its path has the name in it. */
    @Test
    void pathsCommandsAndLogsHaveItAsItCame() throws Exception {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            login(peer, "secret");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            assertThat(Files.readString(directory.resolve("seen"), ISO_8859_1)).isEqualTo(NAME + "\n");
            peer.say("--server\0--sender\0-r\0.\0home/\0\0");
            awaitLog("rsync on home/ from " + NAME + "@localhost (127.0.0.1)\n");
            fixture.daemon.logConnections();
            awaitLog("transfer module home user " + NAME + " sent ");
        }
    }

    @Test
    void refusalsAreLoggedWithIt() throws Exception {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            login(peer, "wrong");
            assertThat(peer.rest()).isEqualTo("@ERROR: auth failed on module home\n");
            awaitLog("auth failed on module home from localhost (127.0.0.1) for " + NAME + ": password mismatch\n");
        }
    }
}
