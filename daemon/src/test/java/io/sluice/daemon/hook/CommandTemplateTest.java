package io.sluice.daemon.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations are what rsync 3.5.0 hands its shell for the same command and values. */
class CommandTemplateTest {
    private static String expand(String template, String user) throws UnsafeValueException {
        byte[] command = CommandTemplate.expand(
                bytes(template),
                Map.of("RSYNC_USER_NAME", bytes(user), "HOME", bytes("/root; it's"), "low", bytes("x")));
        return new String(command, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a %RSYNC_USER_NAME% b | a 'joe' b",
                "a '%RSYNC_USER_NAME%' | a 'joe'",
                "a \"%RSYNC_USER_NAME%\" | a \"'joe'\"",
                "\"it's %RSYNC_USER_NAME%\" | \"it's 'joe'\"",
                "a \\'%RSYNC_USER_NAME% | a \\''joe'",
                "a \\\\'%RSYNC_USER_NAME%' | a \\\\'joe'",
                "'\\'%RSYNC_USER_NAME% | '\\''joe'",
                "\"\\\"%RSYNC_USER_NAME%\" | \"\\\"'joe'\"",
                "%HOME% | /root; it's",
                "%low% %NONE% 100% %RSYNC_USER_NAME | %low% %NONE% 100% %RSYNC_USER_NAME",
                "date +%H:%M | date +%H:%M",
                "%RSYNC_USER_NAME%%RSYNC_USER_NAME% | 'joe''joe'"
            })
    void quotesWhatThePeerSays(String template, String command) throws Exception {
        assertThat(expand(template, "joe")).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'", "\"", "`", "$", "\\", ";", "&", "|", "<", ">", "(", ")", "*", "?", "[", "]", "#", " ", "!", "~",
                "{", "}", "\n", "\t", "\u0001", "\u007F"
            })
    void refusesWhatAShellCouldActOn(String bad) {
        for (String template : new String[] {"%RSYNC_USER_NAME%", "'%RSYNC_USER_NAME%'", "\"%RSYNC_USER_NAME%\""}) {
            assertThatThrownBy(() -> expand(template, "a" + bad + "b"))
                    .isInstanceOf(UnsafeValueException.class)
                    .hasMessage("refusing to run shell hook: %RSYNC_USER_NAME% holds a shell metacharacter");
        }
    }

    @Test
    void keepsBytes() throws Exception {
        assertThat(expand("\u00FE%RSYNC_USER_NAME%", "\u00FF")).isEqualTo("\u00FE'\u00FF'");
    }

    @Test
    void aValueThatIsNotUsedMayBeAnything() throws Exception {
        assertThat(expand("true", "$(x)")).isEqualTo("true");
    }
}
