package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word about an address is taken. The rows differ in one thing each, and only the first of them lets the client in. */
class ProxiedDaemonTest {
    private static final String CONFIGURATION = """
            @ME@
            use chroot = no
            lock file = @DIR@/lock
            proxy protocol = yes
            @HOSTS@
            [m]
            path = @TREE@
            hosts allow = 198.51.100.7
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "proxy protocol hosts = 127.0.0.1, 198.51.100.7, @RSYNCD: OK",
        "proxy protocol hosts = 127.0.0.1, 203.0.113.9, @ERROR: access denied to m from ",
        "proxy protocol hosts = 10.0.0.1, 198.51.100.7, ''",
        "# nobody is listed, 198.51.100.7, ''"
    })
    void onlyAListedProxySaysWhoseConnectionItIs(String hosts, String source, String answer) throws IOException {
        try (DaemonFixture fixture = new DaemonFixture(directory, CONFIGURATION.replace("@HOSTS@", hosts));
                RawPeer peer = new RawPeer(fixture.port())) {
            String answered = "";
            try {
                peer.say("PROXY TCP4 " + source + " 203.0.113.1 51234 873\r\n");
                assertThat(peer.line()).startsWith(answer.isEmpty() ? "" : "@RSYNCD: 3");
                peer.say(RawPeer.GREETING + "\nm\n");
                answered = peer.line();
            } catch (IOException e) {
                // hung up on
            }
            assertThat(answered).startsWith(answer).hasSize(answer.isEmpty() ? 0 : answered.length());
            if (answer.isEmpty()) {
                assertThat(fixture.log()).contains("proxy protocol rejected from untrusted peer ");
            }
        }
    }
}
