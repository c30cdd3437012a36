package io.sluice.protocol.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition, term by term. */
class RollingChecksumTest {
    @Property
    void equalsTheDefinition(
            @ForAll @Size(max = 2000) byte[] bytes,
            @ForAll @IntRange(max = 300) int skipped,
            @ForAll @IntRange(max = 300) int left) {
        int offset = Math.min(skipped, bytes.length);
        int length = Math.max(0, bytes.length - offset - left);
        assertThat(RollingChecksum.of(bytes, offset, length)).isEqualTo(defined(bytes, offset, length));
    }

    /** The bytes that fill lanes most and least, in a length where all terms wrap round. */
    @ParameterizedTest
    @ValueSource(bytes = {-128, -1, 0, 1, 127})
    void lanesDoNotOverflow(byte value) {
        byte[] bytes = new byte[131_072];
        Arrays.fill(bytes, value);
        for (int length : new int[] {1, 127, 128, 129, 700, 131_071, 131_072}) {
            assertThat(RollingChecksum.of(bytes, 0, length)).isEqualTo(defined(bytes, 0, length));
        }
    }

    private static int defined(byte[] bytes, int offset, int length) {
        int plain = 0;
        int weighted = 0;
        for (int i = 0; i < length; i++) {
            plain += bytes[offset + i];
            weighted += (length - i) * bytes[offset + i];
        }
        return (plain & 0xFFFF) | (weighted << 16);
    }
}
