package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.Location;
import io.sluice.protocol.session.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way files go, and rsync 3.5.0's complaint for each combination of operands that goes no way. */
class EndpointsTest {
    @Test
    void lastOperandIsTheDestinationOfAPush() throws Exception {
        Endpoints push = Endpoints.of(List.of("a", "b/", "host::m/p"));
        assertThat(push.side()).isEqualTo(Side.SENDER);
        assertThat(push.peer()).isInstanceOf(Location.Daemon.class);
        assertThat(push.sources()).extracting(ByteText::of).containsExactly("a", "b/");
        assertThat(push.destination()).map(ByteText::of).contains("m/p");
    }

    @Test
    void firstOperandIsTheSourceOfAPullAndOthersMayLeaveOutTheHost() throws Exception {
        Endpoints pull = Endpoints.of(List.of("h::m/a", "::m/b", "h::n/c", "dst"));
        assertThat(pull.side()).isEqualTo(Side.RECEIVER);
        assertThat(pull.sources()).extracting(ByteText::of).containsExactly("m/a", "m/b", "n/c");
        assertThat(pull.destination()).map(ByteText::of).contains("dst");
    }

    @Test
    void oneOperandIsListed() throws Exception {
        assertThat(Endpoints.of(List.of("h::m/a")).destination()).isEmpty();
        assertThat(Endpoints.of(List.of("a")).destination()).isEmpty();
        assertThat(Endpoints.of(List.of("h:a", ":b")).sources()).hasSize(2);
    }

    @Test
    void daemonWithoutModuleListsModules() throws Exception {
        assertThat(Endpoints.of(List.of("h::")).listsModules()).isTrue();
        assertThat(Endpoints.of(List.of("rsync://h:12/")).listsModules()).isTrue();
        assertThat(Endpoints.of(List.of("h::m")).listsModules()).isFalse();
        assertThat(Endpoints.of(List.of("h:")).listsModules()).isFalse();
    }

    /** A port that was named stays; only a daemon's connection can be TLS. */
    @Test
    void tlsHasAPortOfItsOwn() throws Exception {
        assertThat(daemon("rsyncs://h/m").portToUse()).isEqualTo(874);
        assertThat(daemon("rsync://h/m").withTls().portToUse()).isEqualTo(874);
        assertThat(daemon("rsync://h/m").portToUse()).isEqualTo(873);
        assertThat(daemon("rsyncs://h:99/m").portToUse()).isEqualTo(99);
        Endpoints pull = Endpoints.of(List.of("rsyncs://h/m/a", "::m/b", "dst"));
        assertThat(pull.peerWith(ByteText.bytes("x")))
                .isInstanceOfSatisfying(
                        Location.Daemon.class, there -> assertThat(there.tls()).isTrue());
        assertThat(Endpoints.of(List.of("a", "h:b")).withTls().peer()).isInstanceOf(Location.Shell.class);
    }

    private static Location.Daemon daemon(String operand) {
        return (Location.Daemon) OperandParser.parse(operand);
    }

    @Test
    void emptyPathOfARemoteShellIsTheHomeDirectory() throws Exception {
        assertThat(Endpoints.of(List.of("a", "h:")).destination())
                .map(ByteText::of)
                .contains(".");
        assertThat(Endpoints.of(List.of("h:", "a")).sources())
                .extracting(ByteText::of)
                .containsExactly(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a h:x h2:y|Unexpected remote arg: h:x",
                "h:x h2:y|The source and destination cannot both be remote.",
                "a::b c::d|The source and destination cannot both be remote.",
                "a::b c::d dst|All source args must come from the same machine.",
                "a::b a:d dst|All source args must use the same hostspec format.",
                "rsync://a/b rsyncs://a/d dst|All source args must use the same hostspec format.",
                "rsync://a:1/b rsync://a:2/d dst|All source args must use the same port number.",
                "'' dst|Empty source arg specified.",
                "a ''|Empty destination arg specified (use \".\" or see --old-args)."
            },
            quoteCharacter = '~')
    void refusesWhatGoesNoWay(String operands, String complaint) {
        List<String> words = List.of(operands.split(" ", -1)).stream()
                .map(word -> word.equals("''") ? "" : word)
                .toList();
        assertThatThrownBy(() -> Endpoints.of(words))
                .isInstanceOf(UsageException.class)
                .hasMessage(complaint);
    }

    @Test
    void tellsHowToNameAnotherSourceOfTheSameHost() {
        assertThatThrownBy(() -> Endpoints.of(List.of("a::b", "c", "dst")))
                .hasMessage("Unexpected local arg: c\nIf arg is a remote file/dir, prefix it with a colon (:).");
    }
}
