package io.sluice.protocol.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and messages as rsync 3.5.0 shows them in its server's arguments and errors; each suffix has a value of its own. */
class SizeArgumentTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1b, 1",
        "1B, 1",
        "1k, 1024",
        "1K, 1024",
        "1kb, 1000",
        "1KiB, 1024",
        "1.5m, 1572864",
        "1mb, 1000000",
        "2g, 2147483648",
        "1t, 1099511627776",
        "1p, 1125899906842624",
        "100kb-1, 99999",
        "1k+1, 1025",
        "1kib+1, 1025",
        ".5k, 512",
        "1.k, 1024",
        "'', 0",
        "9000p, 10133099161583616000x",
    })
    void readsSuffixes(String text, String expected) throws Exception {
        if (expected.endsWith("x")) {
            assertThatThrownBy(() -> SizeArgument.MAX_SIZE.parse(text))
                    .hasMessage("--max-size=" + text + " is too large");
            return;
        }
        assertThat(SizeArgument.MAX_SIZE.parse(text)).isEqualTo(Long.parseLong(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 102400",
        "1.5m, 1572864",
        "0, 0",
        "600b, 1024",
        "512b, 1024",
        "1535b, 1024",
        "1536b, 2048",
        "1, 1024"
    })
    void roundsRatesToKibibytes(String text, long expected) throws Exception {
        assertThat(SizeArgument.BANDWIDTH.parseRate(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"foo", "1x", "1.5.2", "1k+2", "1kk", "1ki", "k k", "1 k", "0x10", "1e3", "+1", "-1"})
    void rejectsWhatIsNoSize(String text) {
        assertThatThrownBy(() -> SizeArgument.MIN_SIZE.parse(text))
                .isInstanceOf(TransferException.class)
                .hasMessage("--min-size=" + text + " is invalid")
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    /** Each would be a small or negative number, or the largest of all, if it wrapped around or were cut to fit: 2^63, 2^64 + 1 MiB, and what no double holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8192p",
                "16384p",
                "9000p",
                "9223372036854775808",
                "18446744073710600192",
                "16385p",
                "9223372036854775807+1"
            })
    void rejectsSizesThatOverflow(String text) {
        for (String size : List.of(text, "9".repeat(400) + text)) {
            assertThatThrownBy(() -> SizeArgument.MAX_ALLOCATION.parse(size))
                    .isInstanceOf(TransferException.class)
                    .hasMessage("--max-alloc=" + size + " is too large");
        }
    }

    @Test
    void saysWhatTheLimitIs() {
        assertThatThrownBy(() -> SizeArgument.BLOCK_SIZE.parse("1g"))
                .hasMessage("--block-size=1g is too large (max: 128.00K)");
        assertThatThrownBy(() -> SizeArgument.BLOCK_SIZE.parse("131073"))
                .hasMessage("--block-size=131073 is too large (max: 128.00K)");
        assertThatThrownBy(() -> SizeArgument.BANDWIDTH.parse("0.1"))
                .hasMessage("--bwlimit=0.1 is too small (min: 512 or 0 for unlimited)");
    }

    /** Any text gives a size or rsync's error: nothing else escapes, and no value breaks its bounds. */
    @Property
    void readsOrRejectsAnyText(@ForAll String text) {
        try {
            assertThat(SizeArgument.BLOCK_SIZE.parse(text)).isBetween(0L, 1L << 17);
        } catch (TransferException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX);
        }
    }
}
