package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that take long, beside other connections: each waits for a file that the test makes when it has seen what it wanted to see. */
class HookedDaemonTest {
    /** More than there are threads that take steps of conversations. */
    private static final int MANY = 20;

    private static final Duration SHORT = Duration.ofSeconds(3);
    /** It ends with the test's directory too: a command outlives its daemon. */
    private static final String AWAIT =
            "echo begun >> @DIR@/begun; while [ -d @DIR@ ] && [ ! -e @DIR@/go ]; do sleep 0.02; done";

    private static final String CONFIGURATION = """
            @ME@
            use chroot = no
            lock file = @DIR@/lock
            [open]
            path = @TREE@
            [early]
            path = @TREE@
            early exec = AWAIT
            [after]
            path = @TREE@
            max connections = 1
            post-xfer exec = AWAIT; echo $RSYNC_EXIT_STATUS >> @DIR@/ended
            [silent]
            path = @TREE@
            post-xfer exec = echo $RSYNC_EXIT_STATUS >> @DIR@/ended
            [input]
            path = @TREE@
            early exec = cat > @DIR@/input
            """.replace("AWAIT", AWAIT);

    @TempDir
    Path directory;

    private DaemonFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new DaemonFixture(directory, CONFIGURATION);
    }

    /** Only who waits for peers to run out of time gives them little of it: a machine may be slow. */
    private void restartWithLittleTime() throws IOException {
        fixture.close();
        fixture = new DaemonFixture(directory, CONFIGURATION, SHORT);
    }

    @AfterEach
    void stop() throws IOException {
        go();
        fixture.awaitIdle();
        fixture.close();
    }

    private void go() throws IOException {
        Files.writeString(directory.resolve("go"), "");
    }

    private void awaitEnded(String statuses) {
        Path ended = directory.resolve("ended");
        DaemonFixture.await(() -> statuses.equals(read(ended)), "not ended with " + statuses);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The time that the peer has for itself is shorter than the command takes, and does not run on. */
    @Test
    void manyCommandsThatHangKeepNobodyElseWaiting() throws Exception {
        restartWithLittleTime();
        RawPeer[] waiting = new RawPeer[MANY];
        try {
            for (int i = 0; i < MANY; i++) {
                waiting[i] = RawPeer.greeted(fixture.port());
                waiting[i].say("early\n");
            }
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < SHORT.plusSeconds(1).toNanos()) {
                try (RawPeer other = RawPeer.greeted(fixture.port())) {
                    other.say("open\n");
                    assertThat(other.line()).isEqualTo("@RSYNCD: OK");
                }
            }
            go();
            for (RawPeer peer : waiting) {
                assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            }
        } finally {
            for (RawPeer peer : waiting) {
                if (peer != null) {
                    peer.close();
                }
            }
        }
    }

    @Test
    void aConnectionIsCountedUntilItsLastCommandHasEnded() throws Exception {
        try (RawPeer first = RawPeer.greeted(fixture.port())) {
            first.say("after\n");
            assertThat(first.line()).isEqualTo("@RSYNCD: OK");
        }
        try (RawPeer second = RawPeer.greeted(fixture.port())) {
            second.say("after\n");
            assertThat(second.rest()).isEqualTo("@ERROR: max connections (1) reached -- try again later\n");
        }
        go();
        awaitEnded("12\n");
        fixture.awaitIdle();
        try (RawPeer third = RawPeer.greeted(fixture.port())) {
            third.say("after\n");
            assertThat(third.line()).isEqualTo("@RSYNCD: OK");
        }
        awaitEnded("12\n12\n");
    }

    @Test
    void aPeerThatTakesTooLongIsATimeout() throws Exception {
        restartWithLittleTime();
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("silent\n");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            assertThat(peer.rest()).isEmpty();
        }
        awaitEnded("30\n");
    }

    @Test
    void aDaemonEndsThoughACommandHangs() throws Exception {
        try (RawPeer peer = RawPeer.greeted(fixture.port());
                RawPeer other = RawPeer.greeted(fixture.port())) {
            peer.say("early\n");
            other.say("after\n");
            assertThat(other.line()).isEqualTo("@RSYNCD: OK");
            other.cut();
            DaemonFixture.await(
                    () -> read(directory.resolve("begun")).equals("begun\nbegun\n"), "not both commands have begun");
            assertThat(fixture.daemon.connections())
                    .as("both commands, and the one who waits")
                    .isEqualTo(3);
            fixture.close(); // would not come back
            assertThat(fixture.daemon.connections()).isZero();
        }
    }

    @Test
    void inputBeforeTheModuleIsForItsCommand() throws Exception {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("#early_input=7\nopen\n\u0000\u00FFinput\n");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            assertThat(Files.readAllBytes(directory.resolve("input")))
                    .containsExactly('o', 'p', 'e', 'n', '\n', 0, 0xFF);
        }
    }

    @Test
    void refusesInputOfNoLengthOrTooMuch() throws Exception {
        for (String length : new String[] {"0", "-1", "5121", "x", "", "99999999999"}) {
            try (RawPeer peer = RawPeer.greeted(fixture.port())) {
                peer.say("#early_input=" + length + "\n");
                assertThat(peer.rest()).isEqualTo("@ERROR: invalid early_input length\n");
            }
        }
    }
}
