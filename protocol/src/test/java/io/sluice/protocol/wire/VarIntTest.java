package io.sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes are those of rsync 3.5.0: compat flags 511 and file sizes were captured, the others follow from its reading them back. */
class VarIntTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Each row is checked by the writer and by the reader, so that both being wrong in the same way is caught by the bytes. */
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8080",
        "511, 81ff",
        "16383, bfff",
        "16384, c00040",
        "2097151, dfffff",
        "2097152, e0000020",
        "268435455, efffffff",
        "268435456, f000000010",
        "2147483647, f0ffffff7f",
        "-1, f0ffffffff"
    })
    void writesAndReadsInts(int value, String bytes) throws IOException {
        assertThat(written(out -> out.writeVarInt(value))).isEqualTo(bytes);
        assertThat(input(bytes).readVarInt()).isEqualTo(value);
    }

    /** As above; the sizes of 6 and 14 bytes and the time 1,700,000,000 stood in a captured file list. */
    @ParameterizedTest
    @CsvSource({
        "3, 0, 000000",
        "3, 6, 000600",
        "3, 14, 000e00",
        "3, 8388607, 7fffff",
        "3, 8388608, 80000080",
        "3, 4294967296, c100000000",
        "3, -1, fcffffffffffffffff",
        "4, 1700000000, 6500f153",
        "4, -1, f8ffffffffffffffff"
    })
    void writesAndReadsLongs(int min, long value, String bytes) throws IOException {
        assertThat(written(out -> out.writeVarLong(value, min))).isEqualTo(bytes);
        assertThat(input(bytes).readVarLong(min)).isEqualTo(value);
    }

    /** Random values reach every length; a reader that drops a bit returns another number. */
    @Property
    void readsBackEveryInt(@ForAll int value) throws IOException {
        assertThat(input(written(out -> out.writeVarInt(value))).readVarInt()).isEqualTo(value);
    }

    @Property
    void readsBackEveryLong(@ForAll long value, @ForAll @IntRange(min = 3, max = 4) int min) throws IOException {
        assertThat(input(written(out -> out.writeVarLong(value, min))).readVarLong(min))
                .isEqualTo(value);
    }

    /** Each byte adds 7 bits to the 23 of three bytes: one byte less would not hold the value. */
    @Property
    void takesTheFewestBytes(@ForAll @LongRange(min = 0) long value) throws IOException {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
        int bytes = written(out -> out.writeVarLong(value, 3)).length() / 2;
        assertThat(bits).isLessThanOrEqualTo(7 * bytes + 2);
        assertThat(bytes == 3 || bits > 7 * (bytes - 1) + 2).isTrue();
    }

    /** The bytes behind the marker are there, so that only the announced length can be what is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"f8ffffffffffffff", "fcffffffffffffff", "ffffffffffffffff"})
    void rejectsLengthBeyondMaximum(String bytes) {
        assertThatThrownBy(() -> input(bytes).readVarInt())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("expected: <= 5");
    }

    /** The whole value was read above, so the cut is what fails. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void reportsTruncation(int length) {
        String bytes = "f0ffffff7f".substring(0, 2 * length);
        assertThatThrownBy(() -> input(bytes).readVarInt())
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STREAM_IO))
                .hasMessage("connection unexpectedly closed (" + length + " bytes received so far)");
    }

    private interface Writing {
        void to(WireOutput out) throws IOException;
    }

    private static String written(Writing writing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new WireOutput(bytes);
        writing.to(out);
        out.flush();
        return HEX.formatHex(bytes.toByteArray());
    }

    private static WireInput input(String bytes) {
        return new WireInput(new ByteArrayInputStream(HEX.parseHex(bytes)));
    }
}
