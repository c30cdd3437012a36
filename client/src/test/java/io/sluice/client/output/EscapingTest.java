package io.sluice.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as rsync 3.5.0 showed them under LC_ALL=C.UTF-8, LC_ALL=C and -8; a plain copy fails most rows, one rule for all three the others. */
class EscapingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "610a62|a\\#012b|a\\#012b|a\\#012b",
                "610962|a\tb|a\tb|a\tb",
                "617f62|a\177b|a\177b|a\177b",
                "63c3a9|c\303\251|c\\#303\\#251|c\303\251",
                "626164ff|bad\\#377|bad\\#377|bad\377",
                "eda08073|\\#355\\#240\\#200s|\\#355\\#240\\#200s|\355\240\200s",
                "f09f9880|\360\237\230\200|\\#360\\#237\\#230\\#200|\360\237\230\200",
                "c38a|\303\212|\\#303\\#212|\303\212",
                "c3|\\#303|\\#303|\303",
                "5c23313233|\\#134#123|\\#134#123|\\#134#123",
                "5c233132|\\#12|\\#12|\\#12",
                "610d62|a\\#015b|a\\#015b|a\\#015b"
            })
    void showsWhatTheTerminalCanShow(String hex, String utf8, String ascii, String eightBit) {
        assertThat(shown(Escaping.UTF8, hex)).isEqualTo(utf8);
        assertThat(shown(Escaping.ASCII, hex)).isEqualTo(ascii);
        assertThat(shown(Escaping.EIGHT_BIT, hex)).isEqualTo(eightBit);
    }

    /** A log is read on any terminal: no byte of a name reaches it that one could take for a control sequence. */
    @ParameterizedTest
    @CsvSource({"611b62, 615c2330333362", "639b64, 635c2332333364", "65e966, 65e966", "6fc29b70, 6fc25c2332333370"})
    void logsNoControlCharacters(String hex, String logged) {
        LineBuffer line = new LineBuffer();
        Escaping.LOG.append(line, HexFormat.of().parseHex(hex));
        assertThat(HexFormat.of().formatHex(line.toByteArray())).isEqualTo(logged);
    }

    @ParameterizedTest
    @CsvSource({
        "0d61, 0d61",
        "610d, 610d",
        "610d0d, 615c233031350d",
        "0a61, 5c2330313261",
        "610a, 615c23303132",
        "0d610a, 0d615c23303132"
    })
    void keepsAReturnAtTheStartAndTheEndAndNoNewline(String hex, String shown) {
        assertThat(HexFormat.of().formatHex(shown(Escaping.ASCII, hex).getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(shown);
    }

    private static String shown(Escaping escaping, String hex) {
        LineBuffer line = new LineBuffer();
        escaping.append(line, HexFormat.of().parseHex(hex));
        return new String(line.toByteArray(), StandardCharsets.ISO_8859_1);
    }
}
