package io.sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden bytes were captured from rsync 3.5.0: a daemon that receives with {@code --delete --timeout=9}, and one that was asked for a file
 * that is not there.
 */
class MultiplexTest {
    private static final HexFormat HEX = HexFormat.of();
    /** IO_TIMEOUT 9 seconds; DELETED "extra"; data 01 08 00 00; data 00 00 ff 02 01 00 00 00 00 00. */
    private static final String DELETING =
            "0400002809000000" + "0500006c6578747261" + "0400000701080000" + "0a0000070000ff02010000000000";
    /** Data 00 00 00 00; ERROR_XFER text; data 00 00 ff 01; ERROR_EXIT 23. */
    private static final String MISSING = "0400000700000000"
            + "550000087273796e633a205b73656e6465725d206c696e6b5f7374617420226e6f6e6578697374656e74222028696e206d29206661696c65643a"
            + "204e6f20737563682066696c65206f72206469726563746f7279202832290a"
            + "040000070000ff01"
            + "0400005d17000000";

    private static final String MISSING_TEXT =
            "rsync: [sender] link_stat \"nonexistent\" (in m) failed: No such file or directory (2)\n";

    /** Data and messages are compared byte by byte; a reader that mixes them up has other bytes in one of the two. */
    @Test
    void readsWhatADeletingDaemonSent() throws IOException {
        var received = new Received();
        WireInput in = multiplexed(bytes(DELETING), received);

        assertThat(readAll(in)).isEqualTo("01080000" + "0000ff02010000000000");
        assertThat(received.messages).containsExactly("IO_TIMEOUT:09000000", "DELETED:6578747261");
        assertThat(in.bytesRead()).isEqualTo(DELETING.length() / 2);
    }

    @Test
    void readsWhatAFailingDaemonSent() throws IOException {
        var received = new Received();
        WireInput in = multiplexed(bytes(MISSING), received);

        assertThat(readAll(in)).isEqualTo("00000000" + "0000ff01");
        assertThat(received.messages).containsExactly("ERROR_XFER:" + MISSING_TEXT, "ERROR_EXIT:17000000");
    }

    /** Writes the captured streams again: same frames, same headers, same order. */
    @Test
    void writesWhatTheDaemonsSent() throws IOException {
        var sink = new ByteArrayOutputStream();
        try (var out = new WireOutput(sink)) {
            out.multiplex();
            out.message(MessageTag.IO_TIMEOUT, bytes("09000000"));
            out.message(MessageTag.DELETED, "extra".getBytes(StandardCharsets.UTF_8));
            out.writeInt(0x0801);
            out.flush();
            out.write(bytes("0000ff02010000000000"));
            out.flush();
            assertThat(HEX.formatHex(sink.toByteArray())).isEqualTo(DELETING);
            assertThat(out.bytesWritten()).isEqualTo(DELETING.length() / 2);

            sink.reset();
            out.writeInt(0);
            out.message(MessageTag.ERROR_XFER, MISSING_TEXT.getBytes(StandardCharsets.UTF_8));
            out.write(bytes("0000ff01"));
            out.message(MessageTag.ERROR_EXIT, bytes("17000000"));
            out.flush();
            assertThat(HEX.formatHex(sink.toByteArray())).isEqualTo(MISSING);
        }
    }

    /** Cuts the stream into pieces of every size: each header, message and datum is split somewhere. */
    @ParameterizedTest
    @MethodSource("pieceSizes")
    void readsTheSameInPiecesOfAnySize(int piece) throws IOException {
        var received = new Received();
        WireInput in = multiplexed(
                new ByteArrayInputStream(bytes(MISSING)) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        return super.read(into, offset, Math.min(piece, length));
                    }
                },
                received);

        assertThat(readAll(in)).isEqualTo("00000000" + "0000ff01");
        assertThat(received.messages).containsExactly("ERROR_XFER:" + MISSING_TEXT, "ERROR_EXIT:17000000");
    }

    static IntStream pieceSizes() {
        return IntStream.rangeClosed(1, MISSING.length() / 2);
    }

    /** Only a cut between two frames is an end; anywhere else it is an error, wherever the reader stood. */
    @ParameterizedTest
    @MethodSource("offsets")
    void reportsTruncation(int length) throws IOException {
        WireInput in = multiplexed(bytes(DELETING.substring(0, 2 * length)), new Received());
        boolean betweenFrames = length == 0 || length == 8 || length == 17 || length == 25;
        if (betweenFrames) {
            assertThat(readAll(in)).isEqualTo(length == 25 ? "01080000" : "");
        } else {
            assertThatThrownBy(() -> readAll(in))
                    .isInstanceOfSatisfying(
                            TransferException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STREAM_IO))
                    .hasMessage("connection unexpectedly closed (" + length + " bytes received so far)");
        }
    }

    static IntStream offsets() {
        return IntStream.range(0, DELETING.length() / 2);
    }

    /** The greeting phase reads ahead of itself; what it has in its buffer when framing begins must be taken as frames. */
    @Test
    void takesBufferedBytesAsFrames() throws IOException {
        var received = new Received();
        var in = new WireInput(new ByteArrayInputStream(bytes("7f" + DELETING)));
        assertThat(in.readByte()).isEqualTo(0x7f);
        in.multiplex(received);

        assertThat(received.messages).hasSize(2);
        assertThat(readAll(in)).isEqualTo("01080000" + "0000ff02010000000000");
    }

    /** An empty data frame (a keep-alive) is neither data nor the end. */
    @Test
    void stepsOverEmptyFrames() throws IOException {
        WireInput in = multiplexed(bytes("00000007" + "0100000742" + "00000007"), new Received());
        assertThat(readAll(in)).isEqualTo("42");
    }

    @Test
    void rejectsUnknownTags() {
        WireInput in = multiplexed(bytes("000000ff"), new Received());
        assertThatThrownBy(in::readByte)
                .isInstanceOf(ProtocolException.class)
                .hasMessage("message tag: 248 (expected: a tag of protocol 30 to 32)");
    }

    /** A byte below the base of 7 is what a peer sends that does not multiplex at all, such as a shell that prints. */
    @Test
    void rejectsTagsBelowTheBase() {
        WireInput in = multiplexed("Welcome to".getBytes(StandardCharsets.UTF_8), new Received());
        assertThatThrownBy(in::readByte).isInstanceOf(ProtocolException.class);
        WireInput zeros = multiplexed(new byte[8], new Received());
        assertThatThrownBy(zeros::readByte)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("message tag: -7");
    }

    /** The announced 16 MiB are never allocated: the source has only the header. */
    @Test
    void rejectsLongMessages() {
        WireInput in = multiplexed(bytes("ffffff09"), new Received());
        assertThatThrownBy(in::readByte)
                .isInstanceOf(ProtocolException.class)
                .hasMessage("bytes in a message INFO: 16777215 (expected: <= 65535)");
    }

    private static WireInput multiplexed(byte[] stream, MessageHandler handler) {
        return multiplexed(new ByteArrayInputStream(stream), handler);
    }

    private static WireInput multiplexed(InputStream stream, MessageHandler handler) {
        var in = new WireInput(stream);
        try {
            in.multiplex(handler);
        } catch (IOException e) {
            throw new AssertionError("nothing is buffered yet", e);
        }
        return in;
    }

    private static String readAll(WireInput in) throws IOException {
        var data = new ByteArrayOutputStream();
        byte[] piece = new byte[7];
        for (int length = in.read(piece, 0, 7); length >= 0; length = in.read(piece, 0, 7)) {
            data.write(piece, 0, length);
        }
        return HEX.formatHex(data.toByteArray());
    }

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }
}
