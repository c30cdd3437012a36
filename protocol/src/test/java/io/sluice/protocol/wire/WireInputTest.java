package io.sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The verbs on a plain stream. */
class WireInputTest {
    @Test
    void readsLeastSignificantByteFirst() throws IOException {
        WireInput in = input(HexFormat.of().parseHex("ff" + "4523" + "feffffff" + "0807060504030281" + "030201"));
        assertThat(in.readByte()).isEqualTo(255);
        assertThat(in.readShort()).isEqualTo(0x2345);
        assertThat(in.readInt()).isEqualTo(-2);
        assertThat(in.readLittleEndian(8)).isEqualTo(0x8102030405060708L);
        assertThat(in.readLittleEndian(0)).isZero();
        assertThat(in.readLittleEndian(3)).isEqualTo(0x010203);
        assertThat(in.bytesRead()).isEqualTo(18);
    }

    /** The second line proves that the first took its newline and no more. */
    @Test
    void readsLines() throws IOException {
        WireInput in = input("@RSYNCD: OK\r\n\nrest\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(in.readLine(11)).asString().isEqualTo("@RSYNCD: OK");
        assertThat(in.readLine(11)).isEmpty();
        assertThat(in.readLine(11)).asString().isEqualTo("rest");
        assertThatThrownBy(() -> in.readLine(11)).hasMessageStartingWith("connection unexpectedly closed (19 bytes");
    }

    /** One byte less is accepted above; a peer that never ends its line is stopped here. */
    @Test
    void rejectsLongLines() {
        WireInput in = input("@RSYNCD: OK\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> in.readLine(10))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("line bytes: more than 10 (expected: <= 10)");
    }

    @Test
    void rejectsNulInALine() {
        WireInput in = input("a\0b\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> in.readLine(10)).isInstanceOf(ProtocolException.class);
    }

    /** The end before any byte is an end; a missing last byte is an error. */
    @Test
    void tellsTheEndFromTruncation() throws IOException {
        WireInput in = input(new byte[] {1, 2});
        assertThat(in.read(new byte[5], 0, 5)).isEqualTo(2);
        assertThat(in.read(new byte[5], 0, 5)).isEqualTo(-1);
        assertThatThrownBy(() -> input(new byte[3]).readInt())
                .hasMessage("connection unexpectedly closed (3 bytes received so far)");
        assertThatThrownBy(() -> input(new byte[3]).readFully(new byte[4], 0, 4))
                .hasMessage("connection unexpectedly closed (3 bytes received so far)");
    }

    private static WireInput input(byte[] bytes) {
        return new WireInput(new ByteArrayInputStream(bytes));
    }
}
