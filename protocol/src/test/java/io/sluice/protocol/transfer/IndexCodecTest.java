package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both directions of indexes, against bytes; the golden ones follow from the shapes that the class tells, with the last index as state. */
class IndexCodecTest {
    /** Each row is one stream, so a state that is not kept, or kept for both signs together, gives other bytes. */
    @ParameterizedTest
    @CsvSource({
        "0 1 2, 010101",
        "-1 5 -1 6, 00060001",
        "252 505, fdfd",
        "253, fe00fe",
        "0 0, 01fe0000",
        "32767 65534, fe80ff7f00fe7fff",
        "5 4, 06fe80040000",
        "1000000 3, fe8040420ffe80030000",
        "2147483647, feffffffff",
        "-2 -101 -102 -101, ff01ff63ff01fffe80650000",
        "-2 7 -3 8, ff0108ff0101",
    })
    void hasTheseBytes(String indexes, String hex) throws IOException {
        int[] values = Arrays.stream(indexes.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        byte[] written = write(values);
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(hex);
        assertThat(read(written, values.length)).isEqualTo(values);
    }

    /** 100,000 random steps of all sizes come back; a wrong branch of either direction shows at once. */
    @Test
    void readsWhatWasWritten() throws IOException {
        Random random = new Random(1);
        int[] values = new int[100_000];
        for (int i = 0; i < values.length; i++) {
            int size = random.nextInt(31);
            int value = random.nextInt(1 << size);
            values[i] = random.nextInt(4) == 0 ? -1 - random.nextInt(1000) : value;
        }
        assertThat(read(write(values), values.length)).isEqualTo(values);
    }

    /** Without the check, the sum of the last index and the difference would be negative. */
    @Test
    void rejectsAnIndexThatOverflows() {
        byte[] bytes = HexFormat.of().parseHex("feffffffff" + "fe7fff");
        assertThatThrownBy(() -> read(bytes, 2))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("file index");
    }

    /** Before protocol 30 an index is an int, and so is the end of a phase. */
    @Test
    void writesAndReadsIntsForOldPeers() throws IOException {
        ProtocolVersion old = new ProtocolVersion(29);
        byte[] bytes = write(old, 5, 4, IndexWriter.DONE);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("05000000" + "04000000" + "ffffffff");
        assertThat(read(old, bytes, 3)).containsExactly(5, 4, IndexWriter.DONE);
    }

    @Test
    void rejectsWhatAnOldPeerHasNot() {
        byte[] listEnd = HexFormat.of().parseHex("feffffff");
        assertThatThrownBy(() -> read(new ProtocolVersion(29), listEnd, 1))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("file index: -2 (expected: -1 or more)");
    }

    private static byte[] write(int... values) throws IOException {
        return write(ProtocolVersion.NEWEST, values);
    }

    private static int[] read(byte[] bytes, int count) throws IOException {
        return read(ProtocolVersion.NEWEST, bytes, count);
    }

    private static byte[] write(ProtocolVersion version, int... values) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (WireOutput out = new WireOutput(bytes)) {
            IndexWriter writer = new IndexWriter(out, version);
            for (int value : values) {
                writer.write(value);
            }
            out.flush();
        }
        return bytes.toByteArray();
    }

    private static int[] read(ProtocolVersion version, byte[] bytes, int count) throws IOException {
        try (WireInput in = new WireInput(new ByteArrayInputStream(bytes))) {
            IndexReader reader = new IndexReader(in, version);
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = reader.read();
            }
            return values;
        }
    }
}
