package io.sluice.protocol.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths as rsync 3.5.0 gave them to a remote shell when it pulled; quoting too much breaks wildcards, too little breaks names. */
class PathQuotingTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "src, src",
                "a b, a\\ b",
                "c*d, c*d",
                "e\\[f, e\\[f",
                "g\\h, g\\\\h",
                "-x, ./-x",
                "~u, \\~u",
                "q'r, q\\'r",
                "-d b~, ./-d\\ b~",
                "a$(b);c, a\\$\\(b\\)\\;c",
            })
    void quotesAsRsyncDoes(String path, String expected) {
        assertThat(text(PathQuoting.quote(bytes(path), true))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"~u, ~u", "~, ~", "a~, a~"})
    void leavesATildeThatMeansHome(String path, String expected) {
        assertThat(text(PathQuoting.quote(bytes(path), false))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a\\ b, a b", "g\\\\h, g\\h", "tail\\, tail\\", "--usermap=\\*:u, --usermap=*:u"})
    void unquotes(String quoted, String expected) {
        assertThat(text(PathQuoting.unquote(bytes(quoted)))).isEqualTo(expected);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
