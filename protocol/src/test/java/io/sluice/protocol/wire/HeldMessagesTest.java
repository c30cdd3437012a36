package io.sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages between two transfers on one connection: what each handler has heard shows to whom they went, and in what place among the data. */
class HeldMessagesTest {
    private static final String INFO_A = "01000009" + "41";
    private static final String INFO_B = "01000009" + "42";
    private static final String NOT_SENT = "0400006d" + "05000000";
    private static final String DATA = "01000007" + "aa";

    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();

    /** Each read gets one of the pieces, or the rest of it. */
    private static WireInput input(String... pieces) {
        List<InputStream> all = Stream.of(pieces)
                .map(hex ->
                        (InputStream) new ByteArrayInputStream(HexFormat.of().parseHex(hex)))
                .toList();
        return new WireInput(new SequenceInputStream(Collections.enumeration(all)));
    }

    private static MessageHandler handler(List<String> heard) {
        return new MessageHandler() {
            @Override
            public void message(MessageTag tag, byte[] payload) {
                heard.add(tag + " " + new String(payload, StandardCharsets.ISO_8859_1).strip());
            }

            @Override
            public boolean waitsForData(MessageTag tag) {
                return tag == MessageTag.NO_SEND;
            }
        };
    }

    @Test
    void areForTheNextTransfer() throws IOException {
        WireInput in = input(DATA + INFO_A, INFO_B + DATA);
        in.multiplex(handler(first));
        in.readByte();
        in.holdMessages();
        in.readByte();
        assertThat(second).isEmpty();
        in.goOn(handler(second));
        assertThat(first).containsExactly("INFO A");
        assertThat(second).containsExactly("INFO B");
    }

    /** One that has a place among the data gets it, whether or not that has been passed meanwhile. */
    @Test
    void keepTheirPlace() throws IOException {
        WireInput in = input(DATA, NOT_SENT + DATA + INFO_A + DATA + NOT_SENT + DATA, DATA);
        in.multiplex(handler(first));
        in.readByte();
        in.holdMessages();
        in.readByte();
        in.goOn(handler(second));
        assertThat(second).hasSize(2).element(0).asString().startsWith("NO_SEND");
        assertThat(second.get(1)).isEqualTo("INFO A");
        in.readByte();
        assertThat(second).hasSize(2);
        in.readByte();
        assertThat(second).hasSize(3);
        assertThat(first).isEmpty();
    }

    @Test
    void areBounded() throws IOException {
        String[] pieces = new String[5];
        pieces[0] = DATA;
        for (int i = 1; i < pieces.length; i++) {
            pieces[i] = "ffff0009" + "41".repeat(0xFFFF);
        }
        WireInput in = input(pieces);
        in.multiplex(handler(first));
        in.readByte();
        in.holdMessages();
        assertThatThrownBy(in::readByte)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("bytes of messages between two transfers");
    }
}
