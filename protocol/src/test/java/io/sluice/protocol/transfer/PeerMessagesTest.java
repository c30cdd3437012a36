package io.sluice.protocol.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.wire.MessageTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may make of this end by messages. */
class PeerMessagesTest {
    private final List<Integer> timeouts = new ArrayList<>();
    private final Outcome outcome = new Outcome();
    private final PeerMessages messages = new PeerMessages(
            new PeerMessages.Hearers(new Recorder(), (tag, payload) -> {}, NameConversion.NONE),
            outcome,
            timeouts::add,
            index -> {},
            (index, device, inode) -> {});

    private void hear(MessageTag tag, String hex) throws IOException {
        messages.message(tag, HexFormat.of().parseHex(hex));
    }

    /** No end and no number of seconds that is none switches off the timeout that this end has. */
    @ParameterizedTest
    @CsvSource({"3c000000, 60", "80510100, 86400", "81510100, ", "00000000, ", "ffffffff, ", "00000080, ", "ffffff7f, "
    })
    void aTimeoutOfUpToADayIsTaken(String payload, Integer seconds) throws IOException {
        hear(MessageTag.IO_TIMEOUT, payload);
        assertThat(timeouts).isEqualTo(seconds == null ? List.of() : List.of(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0100000000"})
    void aNumberHasFourBytes(String payload) {
        for (MessageTag tag : List.of(MessageTag.IO_TIMEOUT, MessageTag.IO_ERROR, MessageTag.NO_SEND)) {
            assertThatThrownBy(() -> hear(tag, payload)).isInstanceOf(ProtocolException.class);
        }
    }

    /** Bits without a meaning would be sent on to whoever comes next. */
    @Test
    void unknownBitsOfAnErrorAreDropped() throws IOException {
        hear(MessageTag.IO_ERROR, "f8ffffff");
        assertThat(outcome.bits()).isZero();
        hear(MessageTag.IO_ERROR, "ffffffff");
        assertThat(outcome.bits()).isEqualTo(7);
    }

    /** The name of a basis that a sender chooses stays in its directory, whatever it is. */
    @ParameterizedTest
    @CsvSource({
        "a/b, a/b",
        "../../etc/passwd, etc/passwd",
        "/etc/passwd, etc/passwd",
        "a/../../b, b",
        "..///.., .",
        "., ."
    })
    void namesOfBasesNeverLeadOut(String name, String place) {
        byte[] found = BasisLocator.beside(Exchange.bytes("d/file"), Exchange.bytes(name));
        assertThat(new String(found, ISO_8859_1)).isEqualTo("d/" + place);
    }
}
