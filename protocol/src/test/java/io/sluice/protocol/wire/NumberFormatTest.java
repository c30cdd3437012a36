package io.sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fixed form's bytes are what rsync 3.5.0 sends with {@code --protocol=29}; the variable form has {@code VarIntTest}. */
class NumberFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00000000",
        "2147483647, ffffff7f",
        "2147483648, ffffffff0000008000000000",
        "-1, ffffffffffffffffffffffff",
        "4294967296, ffffffff0000000001000000",
    })
    void aLongTakesTwelveBytesIfItIsNoPositiveInt(long value, String hex) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(sink);
        NumberFormat.FIXED.writeLong(out, value, 3);
        out.flush();
        assertThat(HexFormat.of().formatHex(sink.toByteArray())).isEqualTo(hex);
        WireInput in = new WireInput(new ByteArrayInputStream(sink.toByteArray()));
        assertThat(NumberFormat.FIXED.readLong(in, 3)).isEqualTo(value);
    }
}
