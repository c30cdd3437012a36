package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.HandshakeRequest;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The lines are those of rsync 3.5.0; the bytes that are negotiated with are what an rsync sent. */
class HandshakeTraceTest {
    private static final String CLIENT = "20000000" + "1e" + hex("xxh128 xxh3 xxh64 md5 md4 sha1");
    private static final String SERVER =
            "20000000" + "81fe" + "23" + hex("xxh128 xxh3 xxh64 md5 md4 sha1 none") + "efda096b";

    private final List<String> lines = new ArrayList<>();

    @Test
    void aClientTellsWhatBothEndsSay() throws Exception {
        HandshakeTrace trace = HandshakeTrace.ofClient(options("proto,nstr2,iconv2", "latin1,utf-8"), lines::add);
        trace.charsets(Side.SENDER);
        trace.offeredDigests("sha512 md5");
        trace.agreedDigest("md5");
        Session session = Handshake.asClient(
                input(SERVER), new WireOutput(OutputStream.nullOutputStream()), request(Side.SENDER), trace);
        trace.agreed(session);

        assertThat(lines)
                .containsExactly(
                        "msg checking charset: " + System.getProperty("native.encoding"),
                        "[sender] charset: latin1",
                        "Client daemon auth checksum list (on client): sha512 md5",
                        "Client negotiated daemon auth checksum: md5",
                        "(Client) Protocol versions: remote=32, negotiated=32",
                        "Client checksum list (on client): xxh128 xxh3 xxh64 md5 md4 sha1",
                        "Server checksum list (on client): xxh128 xxh3 xxh64 md5 md4 sha1 none",
                        "Client negotiated checksum: xxh128");
    }

    @Test
    void aServerTellsOfAlgorithmsAtLevelThreeOnly() throws Exception {
        serve("proto,nstr2,iconv2");
        assertThat(lines)
                .containsExactly("[Receiver] charset: latin1", "(Server) Protocol versions: remote=32, negotiated=32");

        lines.clear();
        serve("nstr3");
        assertThat(lines)
                .containsExactly(
                        "Server checksum list (on server): xxh128 xxh3 xxh64 md5 md4 sha1 none",
                        "Client checksum list (on server): xxh128 xxh3 xxh64 md5 md4 sha1",
                        "Server negotiated checksum: xxh128");
    }

    @Test
    void nothingIsToldUnlessItIsAskedFor() throws Exception {
        serve("proto0");
        assertThat(lines).isEmpty();
    }

    private void serve(String debug) throws IOException {
        HandshakeTrace trace = HandshakeTrace.ofServer(options(debug, "latin1"), lines::add);
        trace.charsets(Side.RECEIVER);
        trace.agreed(Handshake.asServer(
                input(CLIENT), new WireOutput(OutputStream.nullOutputStream()), request(Side.RECEIVER), trace));
    }

    private static TransferOptions options(String debug, String charsets) {
        return TransferOptions.DEFAULT.edit((OptionDraft draft) -> {
            draft.addDebug(debug);
            draft.iconv = charsets;
        });
    }

    private static HandshakeRequest request(Side side) {
        return new HandshakeRequest(
                side,
                ProtocolVersion.NEWEST,
                OptionalInt.empty(),
                ".iLsfxCIvu",
                true,
                List.of(),
                false,
                List.of(),
                HandshakeRequest.ALL_CHECKSUMS,
                List.of(),
                OptionalInt.empty(),
                1);
    }

    private static WireInput input(String hex) {
        return new WireInput(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
