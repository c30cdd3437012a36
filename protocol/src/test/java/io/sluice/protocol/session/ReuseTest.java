package io.sluice.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One letter and one flag: who would have another transfer on the same connection says so, and only two that both say so have one. */
class ReuseTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String ASKING = ".iLsfxCIvuK";
    private static final String FLAGS = "81ff"; // 511
    private static final String REUSABLE = "d0ff01"; // 511 + 2^20
    private static final String SEED = "78563412";

    private static HandshakeRequest request(Side side, String letters, boolean reusable) {
        return new Offer()
                .side(side)
                .letters(letters)
                .choosing(List.of(ChecksumType.MD5), List.of())
                .randomSeed(0x1234_5678)
                .request()
                .reusable(reusable);
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVER, .iLsfxCIvuK, true, d0ff01",
        "RECEIVER, .iLsfxCIvuK, false, 81ff",
        "RECEIVER, .iLsfxCIvu, true, 81ff",
        "SENDER, .iLsfxCIvuK, true, 81ff"
    })
    void aServerAnswersWhoAsks(Side side, String letters, boolean offers, String flags) throws IOException {
        var sink = new ByteArrayOutputStream();
        Session session = Handshake.asServer(
                new WireInput(new ByteArrayInputStream(new byte[0])),
                new WireOutput(sink),
                request(side, letters, offers));
        assertThat(HEX.formatHex(sink.toByteArray())).isEqualTo(flags + SEED);
        assertThat(session.reusable()).isEqualTo(flags.equals(REUSABLE));
    }

    @ParameterizedTest
    @CsvSource({"d0ff01, true, true", "d0ff01, false, false", "81ff, true, false"})
    void aClientHeedsWhatItAskedFor(String flags, boolean asked, boolean reusable) throws IOException {
        var in = new WireInput(new ByteArrayInputStream(HEX.parseHex(flags + SEED)));
        Session session =
                Handshake.asClient(in, new WireOutput(new ByteArrayOutputStream()), request(Side.SENDER, "", asked));
        assertThat(session.reusable()).isEqualTo(reusable);
        assertThat(session.checksumSeed()).isEqualTo(0x1234_5678);
    }

    /** Before protocol 31 nothing tells an end that the other has heard its last word. */
    @Test
    void anOlderProtocolHasNoSuchThing() throws IOException {
        var sink = new ByteArrayOutputStream();
        HandshakeRequest request = new Offer()
                .side(Side.RECEIVER)
                .peer(30)
                .letters(ASKING)
                .choosing(List.of(ChecksumType.MD5), List.of())
                .request()
                .reusable(true);
        Handshake.asServer(new WireInput(new ByteArrayInputStream(new byte[0])), new WireOutput(sink), request);
        assertThat(HEX.formatHex(sink.toByteArray())).startsWith(FLAGS);
    }
}
