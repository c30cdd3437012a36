package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.NameCoder.Failure;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names between an end's charset and UTF-8. What is expected is what iconv(1) makes of the same bytes. */
class NameConversionTest {
    private static final NameConversion LATIN = new NameConversion(ISO_8859_1, false, false);

    @ParameterizedTest
    @CsvSource({
        "utf8, UTF-8",
        "UTF-8, UTF-8",
        "iso88591, ISO-8859-1",
        "ISO8859-1, ISO-8859-1",
        "latin1, ISO-8859-1",
        "iso885915, ISO-8859-15",
        "cp1252, windows-1252",
        "koi8r, KOI8-R",
        "sjis, Shift_JIS"
    })
    void findsCharsetsByTheNamesOfIconv(String name, String charset) throws TransferException {
        assertThat(NameConversion.ofSpecification(name).charset()).isEqualTo(Charset.forName(charset));
    }

    @Test
    void aDotIsTheLocalesCharset() throws TransferException {
        Charset locale = Charset.forName(System.getProperty("native.encoding"));
        assertThat(NameConversion.ofSpecification(".").charset()).isEqualTo(locale);
        assertThat(NameConversion.ofSpecification(".,utf8").charset()).isEqualTo(locale);
    }

    @Test
    void theFirstHalfIsThisEndsOwn() throws TransferException {
        assertThat(NameConversion.ofSpecification("latin1,utf8").charset()).isEqualTo(ISO_8859_1);
        assertThat(NameConversion.ofSpecification("")).isEqualTo(NameConversion.NONE);
        assertThat(NameConversion.NONE.isActive()).isFalse();
    }

    /** No name of the GNU C library's iconv, or one that would replace characters: two files could become one. */
    @ParameterizedTest
    @ValueSource(strings = {"foobar", "UTF-8-MAC", "latin1//TRANSLIT", "x-JISAutoDetect", " "})
    void refusesWhatCannotBeConvertedExactly(String name) {
        assertThatThrownBy(() -> NameConversion.ofSpecification(name))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNSUPPORTED))
                .hasMessage("iconv_open(\"UTF-8\", \"" + name + "\") failed");
    }

    @ParameterizedTest
    @CsvSource({"plain, plain", "gr\u00fc\u00dfe, gr\u00fc\u00dfe", "'', ''"})
    void convertsWholeNamesBothWays(String local, String wire) {
        assertThat(convert(LATIN.toWire(), local.getBytes(ISO_8859_1))).isEqualTo(wire.getBytes(UTF_8));
        assertThat(convert(LATIN.fromWire(), wire.getBytes(UTF_8))).isEqualTo(local.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "e282ac, INVALID", // no euro in Latin 1
        "61ff62, INVALID",
        "61c3, INCOMPLETE",
        "c328, INVALID",
        "eda080, INVALID" // half of a pair
    })
    void tellsWhyANameHasNoForm(String hex, Failure why) {
        NameCoder coder = LATIN.fromWire();
        byte[] name = HexFormat.of().parseHex(hex);
        assertThat(coder.convert(name, name.length, new byte[100])).isNegative();
        assertThat(coder.failure()).isEqualTo(why);
        assertThat(convert(coder, "é".getBytes(UTF_8)))
                .as("the next name is none the worse")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaa", "äöü"})
    void tellsThatANameIsTooLong(String name) {
        NameCoder coder = LATIN.toWire();
        byte[] local = name.getBytes(ISO_8859_1);
        assertThat(coder.convert(local, local.length, new byte[5])).isNegative();
        assertThat(coder.failure()).isEqualTo(Failure.TOO_LONG);
        assertThat(coder.convert(local, local.length, new byte[7])).isPositive();
    }

    /** A message is shown as far as possible: the rest stays as it was. */
    @ParameterizedTest
    @CsvSource({
        "61c3a962, 61e962",
        "61e282ac62, 61e282ac62",
        "61ffc3a9, 61ffe9",
        "61c3, 61c3",
        "c3c3a9, c3e9",
        "f09f988061, f09f988061"
    })
    void convertsTextsAsFarAsPossible(String wire, String local) {
        assertThat(HexFormat.of().formatHex(LATIN.heard(HexFormat.of().parseHex(wire))))
                .isEqualTo(local);
    }

    @Test
    void convertsPairsInTexts() {
        NameConversion utf8 = new NameConversion(UTF_8, false, false);
        byte[] text = "a\ud83d\ude00é".getBytes(UTF_8);
        assertThat(utf8.told(text)).isEqualTo(text);
    }

    private static byte[] convert(NameCoder coder, byte[] name) {
        byte[] into = new byte[4096];
        return Arrays.copyOf(into, coder.convert(name, name.length, into));
    }
}
