package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.protocol.fuzz.FuzzTarget;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What a peer says before there is a session. A stranger reaches all of it. */
public final class SessionTargets {
    private static final int OLDEST = 27;
    private static final int VERSIONS = 6;
    private static final List<Charset> CHARSETS = Stream.of("ISO-8859-1", "UTF-8", "Shift_JIS", "GB18030", "UTF-16")
            .map(Charset::forName)
            .toList();

    private SessionTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget(
                        "greeting",
                        SessionTargets::greeting,
                        texts(
                                "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4",
                                "@RSYNCD: 29",
                                "@RSYNCD: 30.1",
                                "@RSYNCD: 9999.999999999 md5"),
                        256 << 10,
                        512),
                new FuzzTarget(
                        "handshake",
                        SessionTargets::handshake,
                        Stream.of(
                                        "2000000081ff23" + hex("xxh128 xxh3 xxh64 md5 md4 sha1 none") + "efda096b",
                                        "1e" + hex("xxh128 xxh3 xxh64 md5 md4 sha1") + "13"
                                                + hex("zstd lz4 zlibx zlib"),
                                        "1b00000012345678",
                                        "1f00000081ff0000")
                                .flatMap(text -> Stream.of(0, 1, 2, 3, 4, 5)
                                        .map(kind ->
                                                FuzzTarget.input(HexFormat.of().parseHex(text), kind)))
                                .toList(),
                        256 << 10,
                        256),
                new FuzzTarget(
                        "names",
                        SessionTargets::names,
                        Stream.of("aé", "日本", "x")
                                .map(text ->
                                        FuzzTarget.input(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), 2))
                                .toList(),
                        256 << 10,
                        256));
    }

    private static List<byte[]> texts(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(ISO_8859_1)).toList();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
    }

    private static void greeting(byte[] input) throws IOException {
        Greeting greeting = Greeting.parse(new String(input, ISO_8859_1));
        greeting.negotiate(ProtocolVersion.NEWEST);
        greeting.negotiateDigest();
    }

    /** A server, a client or a batch; with a version from the greeting or without. */
    private static void handshake(byte[] input) throws IOException {
        int kind = FuzzTarget.choice(input, 0, 3 * (VERSIONS + 1));
        Offer offer = new Offer().compressed().letters(".iLsfxCIvu");
        offer = kind / 3 == VERSIONS ? offer.overShell() : offer.peer(OLDEST + (kind / 3 + 5) % VERSIONS);
        WireOutput out = new WireOutput(OutputStream.nullOutputStream());
        try (WireInput in = new WireInput(new ByteArrayInputStream(FuzzTarget.content(input, 1)))) {
            switch (kind % 3) {
                case 0 -> Handshake.asServer(in, out, offer.request());
                case 1 -> Handshake.asClient(in, out, offer.request());
                default -> Handshake.fromBatch(in, offer.overShell().request());
            }
        }
    }

    private static void names(byte[] input) {
        NameConversion conversion =
                new NameConversion(CHARSETS.get(FuzzTarget.choice(input, 0, CHARSETS.size())), true, true);
        conversion.heard(FuzzTarget.content(input, 1));
        conversion.told(FuzzTarget.content(input, 1));
    }
}
