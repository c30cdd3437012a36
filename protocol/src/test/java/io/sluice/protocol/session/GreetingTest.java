package io.sluice.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines are those of rsync 3.5.0, captured with {@code --protocol} 32 and 30, and what it accepted from or refused to a scripted peer. */
class GreetingTest {
    private static final String CAPTURED = "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4";

    @Test
    void readsAndWritesTheLineOfRsync() throws ProtocolException {
        Greeting greeting = Greeting.parse(CAPTURED);
        assertThat(greeting)
                .isEqualTo(new Greeting(32, 0, List.of("sha512", "sha256", "sha1", "md5", "md4")))
                .isEqualTo(Greeting.ours(ProtocolVersion.NEWEST));
        assertThat(greeting.format()).isEqualTo(CAPTURED);
    }

    @Test
    void announcesTheVersionItIsAskedToUse() {
        assertThat(Greeting.ours(new ProtocolVersion(30)).format())
                .isEqualTo("@RSYNCD: 30.0 sha512 sha256 sha1 md5 md4");
    }

    /** Older peers name no digests; that is no error before protocol 32. */
    @Test
    void acceptsOldGreetings() throws ProtocolException {
        assertThat(Greeting.parse("@RSYNCD: 31.0")).isEqualTo(new Greeting(31, 0, List.of()));
        assertThat(Greeting.parse("@RSYNCD: 29")).isEqualTo(new Greeting(29, 0, List.of()));
    }

    /** Each line lacks one thing that the accepted ones have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@RSYNCD:",
                "@RSYNCD: x",
                "@ERROR: go away",
                "@RSYNCD: 32 sha512",
                "@RSYNCD: 30",
                "@RSYNCD: 32.0",
                "@RSYNCD: 99999999999.0 md5",
                " @RSYNCD: 31.0",
                "SSH-2.0-OpenSSH_9.2"
            })
    void rejectsWhatIsNoGreeting(String line) {
        assertThatThrownBy(() -> Greeting.parse(line))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.START_CLIENT))
                .hasMessageContaining("\"" + line + "\"");
    }

    /** The lower of both; a pre-release counts as the version before, unless it is newer than ours anyway. */
    @ParameterizedTest
    @CsvSource({
        "32.0, 32, 32",
        "31.0, 32, 31",
        "32.0, 30, 30",
        "33.0, 32, 32",
        "32.5, 32, 31",
        "31.5, 32, 30",
        "33.1, 32, 32"
    })
    void choosesTheVersion(String theirs, int ours, int expected) throws ProtocolException {
        Greeting greeting = Greeting.parse("@RSYNCD: " + theirs + " md5");
        assertThat(greeting.negotiate(new ProtocolVersion(ours)).number()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.0", "27.1", "1.0"})
    void rejectsVersionsThatAreTooOld(String theirs) throws ProtocolException {
        Greeting greeting = Greeting.parse("@RSYNCD: " + theirs);
        assertThatThrownBy(() -> greeting.negotiate(ProtocolVersion.NEWEST))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PROTOCOL));
    }

    /** These are the choices rsync 3.5.0 made, told from its answer to a challenge. */
    @ParameterizedTest
    @CsvSource({
        "@RSYNCD: 32.0 sha512, SHA512",
        "@RSYNCD: 32.0 md4, MD4",
        "@RSYNCD: 31.0, MD5",
        "@RSYNCD: 30.0 md4 sha1, SHA1",
        "@RSYNCD: 32.0 SHA256 md5, SHA256",
        "@RSYNCD: 32.0 foo md5, MD5"
    })
    void choosesTheStrongestDigest(String line, DigestType expected) throws ProtocolException {
        assertThat(Greeting.parse(line).negotiateDigest()).isEqualTo(expected);
    }

    @Test
    void rejectsDigestsItDoesNotKnow() throws ProtocolException {
        Greeting greeting = Greeting.parse("@RSYNCD: 32.0 foo");
        assertThatThrownBy(greeting::negotiateDigest)
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNSUPPORTED))
                .hasMessageStartingWith("Failed to negotiate a daemon auth checksum choice.");
    }
}
