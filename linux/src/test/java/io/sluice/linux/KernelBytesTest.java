package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes shown to people. */
class KernelBytesTest {
    @ParameterizedTest
    @CsvSource({
        "612f62, a/b",
        "c3a4, \u00E4",
        "f09f9880, \uD83D\uDE00",
        "0a7f1b, \\#012\\#177\\#033",
        "ff, \\#377",
        "61c3, a\\#303",
        "c328, \\#303(",
        "e282, \\#342\\#202",
        "eda080, \\#355\\#240\\#200",
        "c285, \\#302\\#205",
        "c080, \\#300\\#200",
        "'', ''",
    })
    void textIsShownAndAllElseIsOctal(String hex, String shown) {
        assertThat(KernelBytes.show(HexFormat.of().parseHex(hex))).isEqualTo(shown);
    }

    /** A terminal must never get a control character of a stranger's file name. */
    @Property
    void neverShowsControlCharacters(@ForAll byte[] bytes) {
        assertThat(KernelBytes.show(bytes).chars()).noneMatch(Character::isISOControl);
    }
}
