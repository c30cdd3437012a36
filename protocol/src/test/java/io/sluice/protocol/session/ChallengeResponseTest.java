package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The answers were captured from the client of rsync 3.5.0, which was offered one digest at a time. */
class ChallengeResponseTest {
    private static final byte[] PASSWORD = "secret word".getBytes(UTF_8);
    private static final String CHALLENGE = "0123456789abcdefChallenge";

    @ParameterizedTest
    @CsvSource({
        "SHA512, 7jSG8kkJGVnIyVWSnxtyicNVex5sXLJtQCql9m0Kyjp+6cZtwd/GrBiOCBLzemzW4lXY5lJ/goDWc6E2p5KIKw",
        "SHA256, xqvtcpl7XlIsEOvcJPaMStNAB7JQQ/GbQISCRH5wqtQ",
        "SHA1, Nvhc3kgdFMLvMdgI1D9jKyPw/Bc",
        "MD5, 5oHvZU236aZkOKXIneAC8w",
        "MD4, uK9dcj5XRSnDkdZuT0D4JA"
    })
    void answersAsRsyncDoes(DigestType digest, String answer) {
        assertThat(ChallengeResponse.respond(digest, PASSWORD, CHALLENGE)).isEqualTo(answer);
    }

    /** A whole login that a daemon of rsync 3.5.0 accepted: its challenge, and the client's answer. */
    @Test
    void answersADaemonsChallenge() {
        String challenge = "5p38nMTLeaKIxV/KjOJnksU2VQE/kDw2OLWXZtEtr4pGYWcj3oiOtwVO88IFGwf5d1Bd0yL0Tii3C/k3Kti/Vg";
        assertThat(ChallengeResponse.respond(DigestType.SHA512, PASSWORD, challenge))
                .isEqualTo("yBfIyCt0wsnYFvxP+HqyV64u2W59qoYecjnNdXv3xUCpw13Oz3PhL6/Qw/Jl47jMS4hUoSUi1LqQU5QETDBT8A");
    }

    /** One random byte or another address is another challenge: neither is left out of the digest. */
    @ParameterizedTest
    @EnumSource
    void makesChallengesOfAllItIsGiven(DigestType digest) {
        byte[] random = new byte[32];
        String first = ChallengeResponse.challenge(digest, "127.0.0.1", random);
        assertThat(ChallengeResponse.challenge(digest, "127.0.0.2", random)).isNotEqualTo(first);
        random[31] = 1;
        assertThat(ChallengeResponse.challenge(digest, "127.0.0.1", random)).isNotEqualTo(first);
        assertThat(first).matches("[A-Za-z0-9+/]{22,86}");
    }

    @Test
    void comparesWholeAnswers() {
        assertThat(ChallengeResponse.matches("abc", "abc")).isTrue();
        assertThat(ChallengeResponse.matches("abc", "abd")).isFalse();
        assertThat(ChallengeResponse.matches("abc", "ab")).isFalse();
        assertThat(ChallengeResponse.matches("abc", "")).isFalse();
    }
}
