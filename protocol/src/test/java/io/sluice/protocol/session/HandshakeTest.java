package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both directions of handshakes between a client and a server of rsync 3.5.0, captured; each is replayed with our client in the client's place
 * and with our server in the server's: what we send must be, byte by byte, what rsync sent there.
 */
class HandshakeTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String LETTERS = ".iLsfxCIvu";
    private static final String FLAGS = "81ff"; // 511
    private static final String CLIENT_SUMS = "1e" + hex("xxh128 xxh3 xxh64 md5 md4 sha1");
    private static final String SERVER_SUMS = "23" + hex("xxh128 xxh3 xxh64 md5 md4 sha1 none");
    private static final String CLIENT_CODECS = "13" + hex("zstd lz4 zlibx zlib");
    private static final String SERVER_CODECS = "18" + hex("zstd lz4 zlibx zlib none");

    /** What {@code rsync -a} says over a remote shell; {@code rsync -az}, and {@code -z --checksum-choice=md5 …}, to a daemon. */
    static Stream<Arguments> captured() {
        return Stream.of(
                Arguments.of(
                        "remote shell",
                        new Offer().overShell(),
                        "20000000" + CLIENT_SUMS,
                        "20000000" + FLAGS + SERVER_SUMS + "efda096b",
                        ChecksumType.XXH128,
                        CompressionType.NONE),
                Arguments.of(
                        "daemon, -z",
                        new Offer().compressed(),
                        CLIENT_SUMS + CLIENT_CODECS,
                        FLAGS + SERVER_SUMS + SERVER_CODECS + "cb16086b",
                        ChecksumType.XXH128,
                        CompressionType.ZSTD),
                Arguments.of(
                        "daemon, choices",
                        new Offer().compressed().choosing(List.of(ChecksumType.MD5), List.of(CompressionType.ZLIBX)),
                        "",
                        FLAGS + "05000000",
                        ChecksumType.MD5,
                        CompressionType.ZLIBX));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captured")
    void clientSpeaksAsRsync(
            String name, Offer offer, String client, String server, ChecksumType sum, CompressionType codec)
            throws IOException {
        var sink = new ByteArrayOutputStream();
        Session session = Handshake.asClient(input(server), new WireOutput(sink), offer.request());

        assertThat(HEX.formatHex(sink.toByteArray())).isEqualTo(client);
        assertThat(session)
                .isEqualTo(new Session(
                        Side.SENDER,
                        false,
                        ProtocolVersion.NEWEST,
                        true,
                        true,
                        true,
                        false,
                        true,
                        true,
                        true,
                        true,
                        sum,
                        sum,
                        codec,
                        seed(server),
                        NameConversion.NONE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captured")
    void serverSpeaksAsRsync(
            String name, Offer offer, String client, String server, ChecksumType sum, CompressionType codec)
            throws IOException {
        var sink = new ByteArrayOutputStream();
        HandshakeRequest request = offer.side(Side.RECEIVER)
                .letters(LETTERS)
                .randomSeed(seed(server))
                .request();
        Session session = Handshake.asServer(input(client), new WireOutput(sink), request);

        assertThat(HEX.formatHex(sink.toByteArray())).isEqualTo(server);
        assertThat(session)
                .isEqualTo(new Session(
                        Side.RECEIVER,
                        true,
                        ProtocolVersion.NEWEST,
                        true,
                        true,
                        true,
                        false,
                        true,
                        true,
                        true,
                        true,
                        sum,
                        sum,
                        codec,
                        seed(server),
                        NameConversion.NONE));
    }

    /** The handshake takes its own bytes and no more: what follows is there for the transfer. */
    @Test
    void leavesWhatFollows() throws IOException {
        WireInput in = input(FLAGS + SERVER_SUMS + "05000000" + "0400000700000000");
        Handshake.asClient(in, new WireOutput(new ByteArrayOutputStream()), new Offer().request());
        assertThat(in.readInt()).isEqualTo(0x07000004);
    }

    /** rsync's client is cut off after each byte of what its server said; the whole was accepted above. */
    @ParameterizedTest
    @MethodSource("offsets")
    void reportsTruncation(int length) {
        String server = (FLAGS + SERVER_SUMS + SERVER_CODECS + "cb16086b").substring(0, 2 * length);
        assertThatThrownBy(() -> Handshake.asClient(
                        input(server),
                        new WireOutput(new ByteArrayOutputStream()),
                        new Offer().compressed().request()))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STREAM_IO))
                .hasMessage("connection unexpectedly closed (" + length + " bytes received so far)");
    }

    static IntStream offsets() {
        return IntStream.range(0, (FLAGS + SERVER_SUMS + SERVER_CODECS + "cb16086b").length() / 2);
    }

    /** A client whose list was reordered chooses its first; a server that kept to its own order would verify with another sum. */
    @Test
    void serverFollowsTheClientsOrder() throws IOException {
        WireInput in = input("0a" + hex("md5 xxh128"));
        HandshakeRequest request = new Offer().letters(LETTERS).request();
        assertThat(Handshake.asServer(in, nowhere(), request).transferChecksum())
                .isEqualTo(ChecksumType.MD5);
    }

    @Test
    void clientFollowsItsOwnOrder() throws IOException {
        WireInput in = input(FLAGS + "0a" + hex("md5 xxh128") + "05000000");
        assertThat(Handshake.asClient(in, nowhere(), new Offer().request()).transferChecksum())
                .isEqualTo(ChecksumType.XXH128);
    }

    /** A JVM that lacks zstd's library agrees on the next that both have. */
    @Test
    void offersOnlyWhatItHas() throws IOException {
        WireInput in = input(FLAGS + SERVER_SUMS + SERVER_CODECS + "05000000");
        var sink = new ByteArrayOutputStream();
        HandshakeRequest request = new Offer()
                .compressed()
                .codecs(CompressionType.ZLIBX, CompressionType.ZLIB)
                .request();
        Session session = Handshake.asClient(in, new WireOutput(sink), request);
        assertThat(session.compression()).isEqualTo(CompressionType.ZLIBX);
        assertThat(HEX.formatHex(sink.toByteArray())).endsWith("0a" + hex("zlibx zlib"));
    }

    /** A peer older than 3.2 has no {@code v}: no names are exchanged, and both take MD5 and zlib. */
    @ParameterizedTest
    @ValueSource(ints = {30, 31})
    void usesTheOldAlgorithmsWithoutNames(int version) throws IOException {
        var sink = new ByteArrayOutputStream();
        HandshakeRequest request = new Offer()
                .compressed()
                .peer(version)
                .letters(".iLsf")
                .randomSeed(5)
                .request();
        Session session = Handshake.asServer(input(""), new WireOutput(sink), request);

        assertThat(HEX.formatHex(sink.toByteArray())).isEqualTo("0f" + "05000000");
        assertThat(session.version().number()).isEqualTo(version);
        assertThat(session.transferChecksum()).isEqualTo(ChecksumType.MD5);
        assertThat(session.fileChecksum()).isEqualTo(ChecksumType.MD5);
        assertThat(session.compression()).isEqualTo(CompressionType.ZLIB);
        assertThat(session.varintFlags()).isFalse();
        assertThat(session.seedFirst()).isFalse();
        assertThat(session.xattrOptimization()).isEqualTo(version == 31);
    }

    /** Protocol 31 needs no letter for what protocol 30 has to be told. */
    @Test
    void asksForSafeListsBeforeProtocol31Only() throws IOException {
        assertThat(serverSession(30, "").safeFileList()).isFalse();
        assertThat(serverSession(30, "f").safeFileList()).isTrue();
        assertThat(serverSession(31, "").safeFileList()).isTrue();
    }

    /** Two sums: the first for blocks and transferred files, the second for the file list. */
    @Test
    void takesBothChosenChecksums() throws IOException {
        WireInput in = input(FLAGS + "05000000");
        HandshakeRequest request = new Offer()
                .choosing(List.of(ChecksumType.XXH64, ChecksumType.SHA1), List.of())
                .request();
        Session session = Handshake.asClient(in, nowhere(), request);
        assertThat(session.transferChecksum()).isEqualTo(ChecksumType.XXH64);
        assertThat(session.fileChecksum()).isEqualTo(ChecksumType.SHA1);
    }

    @Test
    void failsWithoutACommonChecksum() {
        assertThatThrownBy(() ->
                        Handshake.asClient(input(FLAGS + "07" + hex("foo bar")), nowhere(), new Offer().request()))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNSUPPORTED))
                .hasMessage("Failed to negotiate a checksum choice.\nServer list: foo bar\n"
                        + "Client list: xxh128 xxh3 xxh64 md5 md4 sha1");
    }

    /** The first four letters of a shell's greeting, and numbers beside the plausible ones. */
    @ParameterizedTest
    @ValueSource(strings = {"57656c63", "13000000", "29000000", "00000000", "ffffffff"})
    void tellsAShellThatPrints(String bytes) {
        HandshakeRequest request = new Offer().overShell().request();
        assertThatThrownBy(() -> Handshake.asClient(input(bytes), nowhere(), request))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PROTOCOL))
                .hasMessageStartingWith("protocol version mismatch -- is your shell clean?");
    }

    @Test
    void rejectsVersionsThatAreTooOld() {
        HandshakeRequest request = new Offer().overShell().request();
        assertThatThrownBy(() -> Handshake.asClient(input("1a000000"), nowhere(), request))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PROTOCOL))
                .hasMessageStartingWith("protocol version: 26 (expected: at least 27");
    }

    /** A newer peer speaks our version with us. */
    @Test
    void keepsToItsOwnVersionWithNewerPeers() throws IOException {
        WireInput in = input("22000000" + FLAGS + SERVER_SUMS + "05000000");
        HandshakeRequest request = new Offer().overShell().request();
        assertThat(Handshake.asClient(in, nowhere(), request).version()).isEqualTo(ProtocolVersion.NEWEST);
    }

    /** A server that turns on what the client's options forbid would send a list that the client cannot use. */
    @Test
    void refusesIncrementalRecursionItDidNotAllow() {
        HandshakeRequest request = new Offer().withoutIncrementalRecursion().request();
        assertThatThrownBy(() -> Handshake.asClient(input(FLAGS + SERVER_SUMS + "05000000"), nowhere(), request))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    /** Either end can turn it off: the client by its letters, the server by its options. */
    @Test
    void recursesIncrementallyOnlyIfBothAllow() throws IOException {
        assertThat(serverSession(32, ".iLsfxCI").incrementalRecursion()).isTrue();
        assertThat(serverSession(32, ".LsfxCI").incrementalRecursion()).isFalse();
        HandshakeRequest forbidden =
                new Offer().withoutIncrementalRecursion().letters(".iLsfxCI").request();
        assertThat(Handshake.asServer(input(""), nowhere(), forbidden).incrementalRecursion())
                .isFalse();
    }

    /** A server that sends learns of its client's symlink times by a letter, a client that sends by a flag; who receives has them. */
    @Test
    void knowsWhetherTheReceiverSetsTimesOfSymlinks() throws IOException {
        assertThat(senderServer(".LCI").symlinkTimes()).isTrue();
        assertThat(senderServer(".CI").symlinkTimes()).isFalse();
        WireInput without = input("00" + "05000000");
        assertThat(Handshake.asClient(without, nowhere(), new Offer().request()).symlinkTimes())
                .isFalse();
        assertThat(serverSession(32, "").symlinkTimes()).isTrue();
    }

    /** {@code --checksum-seed=0} asks for a random one, as if it was not given. */
    @Test
    void sendsTheSeedItIsAskedFor() throws IOException {
        Offer offer = new Offer().letters(".LCI").randomSeed(7);
        assertThat(Handshake.asServer(input(""), nowhere(), offer.request()).checksumSeed())
                .isEqualTo(7);
        assertThat(Handshake.asServer(input(""), nowhere(), offer.seed(5).request())
                        .checksumSeed())
                .isEqualTo(5);
        assertThat(Handshake.asServer(input(""), nowhere(), offer.seed(0).request())
                        .checksumSeed())
                .isEqualTo(7);
    }

    private static Session serverSession(int version, String letters) throws IOException {
        HandshakeRequest request =
                new Offer().side(Side.RECEIVER).peer(version).letters(letters).request();
        return Handshake.asServer(input(""), nowhere(), request);
    }

    private static Session senderServer(String letters) throws IOException {
        return Handshake.asServer(
                input(""), nowhere(), new Offer().letters(letters).request());
    }

    private static WireOutput nowhere() {
        return new WireOutput(new ByteArrayOutputStream());
    }

    private static WireInput input(String bytes) {
        return new WireInput(new ByteArrayInputStream(HEX.parseHex(bytes)));
    }

    private static String hex(String text) {
        return HEX.formatHex(text.getBytes(US_ASCII));
    }

    private static int seed(String server) {
        byte[] last = HEX.parseHex(server.substring(server.length() - 8));
        return (last[0] & 0xFF) | (last[1] & 0xFF) << 8 | (last[2] & 0xFF) << 16 | last[3] << 24;
    }
}
