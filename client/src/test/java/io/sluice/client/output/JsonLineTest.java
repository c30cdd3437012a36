package io.sluice.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts in a line of JSON, as bytes: one that is escaped too little would end the text or the line, one too much would differ from what is expected. */
class JsonLineTest {
    private static String line(byte[] text) {
        return new String(new JsonLine("e").bytes("n", text).toByteArray(), StandardCharsets.UTF_8);
    }

    private static byte[] perByte(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "61 a",
                "c3a9 é",
                "f09f9880 😀",
                "22 \\\"",
                "5c \\\\",
                "2f /",
                "0a \\n",
                "0d \\r",
                "09 \\t",
                "00 \\u0000",
                "1f \\u001f",
                "7f \\u007f",
                "c285 \\u0085",
                "e280a8 \\u2028",
                "e280a9 \\u2029",
                "e280aa \u202a"
            })
    void textIsEscapedWhereJsonOrAReaderOfLinesNeedsIt(String hex, String shown) {
        byte[] text = HexFormat.of().parseHex(hex);
        assertThat(line(text)).isEqualTo("{\"event\":\"e\",\"n\":\"" + shown + "\"}\n");
    }

    /** Overlong forms, surrogates, cut sequences and stray bytes: all that a strict decoder refuses. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "ff /w== 1",
                "80 gA== 1",
                "c0af wK8= 2",
                "eda080 7aCA 3",
                "e282 4oI= 2",
                "f4908080 9JCAgA== 4",
                "c3 ww== 1"
            })
    void bytesThatAreNoTextAreReplacedAndCarriedBesides(String hex, String base64, int replaced) {
        byte[] name = HexFormat.of().parseHex(hex);
        assertThat(line(name))
                .isEqualTo("{\"event\":\"e\",\"n\":\"" + "\uFFFD".repeat(replaced) + "\",\"n_base64\":\"" + base64
                        + "\"}\n");
    }

    @Test
    void anyBytesCanBeHadBackFromOneLine() {
        Pattern encoded = Pattern.compile("\"n_base64\":\"([^\"]*)\"");
        Random random = new Random(7);
        int exact = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] name = new byte[1 + random.nextInt(12)];
            for (int at = 0; at < name.length; at++) {
                name[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(0x80));
            }
            String line = line(name);
            assertThat(line.chars().filter(c -> c == '\n').count()).isOne();
            Matcher found = encoded.matcher(line);
            if (found.find()) {
                assertThat(Base64.getDecoder().decode(found.group(1))).isEqualTo(name);
            } else {
                exact++;
                assertThat(new String(name, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(name);
            }
        }
        assertThat(exact).isBetween(200, 1_800);
    }

    @Test
    void membersAreSeparatedWithinAndBehindAnObject() {
        JsonLine line = new JsonLine("e")
                .begin("o")
                .number("a", 1)
                .flag("b", true)
                .end()
                .text("c", "d");
        assertThat(line.toByteArray()).isEqualTo(perByte("{\"event\":\"e\",\"o\":{\"a\":1,\"b\":true},\"c\":\"d\"}\n"));
    }
}
