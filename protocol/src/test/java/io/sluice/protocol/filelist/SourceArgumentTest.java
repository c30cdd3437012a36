package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.TransferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row is one form of an argument; a form taken for another one would change a directory, a path or a kind. */
class SourceArgumentTest {
    @ParameterizedTest
    @CsvSource({
        "a, '', a, NORMAL",
        "a/b, a, b, NORMAL",
        "/a, /, a, NORMAL",
        "./a, '', a, NORMAL",
        "a/, a, ., DOT_DIRECTORY",
        "a/b/, a/b, ., DOT_DIRECTORY",
        "a/., a, ., DOT_DIRECTORY",
        "., '', ., DOT_DIRECTORY",
        "./, '', ., DOT_DIRECTORY",
        "'', '', ., DOT_DIRECTORY",
        "/, /, ., DOT_DIRECTORY",
        "a/.., a/.., ., DOT_DIRECTORY",
        ".., .., ., DOT_DIRECTORY",
        "..., '', ..., NORMAL",
    })
    void splitsPlainArguments(String argument, String directory, String path, SourceArgument.Kind kind)
            throws TransferException {
        assertArgument(argument, false, directory, path, kind);
    }

    @ParameterizedTest
    @CsvSource({
        "a, '', a, NORMAL",
        "a/b, '', a/b, NORMAL",
        "a//b/./c, a/b, c, NORMAL",
        "/a/b, '', /a/b, NORMAL",
        "a/b/, '', a/b, SLASH_ENDING",
        "a/b/., '', a/b, SLASH_ENDING",
        "a/./b, a, b, NORMAL",
        "a/./b/./c, a, b/c, NORMAL",
        "/a/.//b, /a, b, NORMAL",
        "/./b, /, b, NORMAL",
        "a/./, a, ., DOT_DIRECTORY",
        "./, '', ., DOT_DIRECTORY",
        "., '', ., DOT_DIRECTORY",
        "'', '', ., DOT_DIRECTORY",
        "./a, '', a, NORMAL",
        "/, '', /., DOT_DIRECTORY",
    })
    void splitsRelativeArguments(String argument, String directory, String path, SourceArgument.Kind kind)
            throws TransferException {
        assertArgument(argument, true, directory, path, kind);
    }

    private static void assertArgument(
            String argument, boolean relative, String directory, String path, SourceArgument.Kind kind)
            throws TransferException {
        SourceArgument found = SourceArgument.of(bytes(argument), relative);
        assertThat(new String(found.directory(), StandardCharsets.UTF_8)).isEqualTo(directory);
        assertThat(new String(found.path(), StandardCharsets.UTF_8)).isEqualTo(path);
        assertThat(found.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"a/../b", "..", "a/./../b", "a/.."})
    void refusesParentsInPathsThatStandInTheList(String argument) {
        assertThatThrownBy(() -> SourceArgument.of(bytes(argument), true))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("found \"..\" dir in relative path");
    }

    @ParameterizedTest
    @CsvSource({"./a, true", "a/././b, true", "a, false", "./, false", "a/./b, false"})
    void tellsThatTheRootIsImplied(String argument, boolean implied) {
        assertThat(SourceArgument.impliesRoot(bytes(argument))).isEqualTo(implied);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, etc/passwd",
        "../../x, x",
        "a/../../b, b",
        "a/b/.., a",
        "a//b/, a/b/",
        "/, .",
        "'', .",
        "../.., .",
        "a/./b, a/./b",
    })
    void keepsConfinedPathsBelowTheirRoot(String path, String expected) {
        assertThat(new String(SourceArgument.confined(bytes(path)), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
