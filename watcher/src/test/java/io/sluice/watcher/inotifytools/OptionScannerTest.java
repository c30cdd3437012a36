package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** getopt_long's habits; what is expected of a wrong line was said by inotifywait of Debian 12. */
class OptionScannerTest {
    private static final List<ToolOption> OPTIONS = List.of(
            ToolOption.flag('m', "monitor"),
            ToolOption.value('e', "event"),
            ToolOption.value("exclude"),
            ToolOption.value("excludei"),
            ToolOption.flag('q', "quiet"));

    private final List<String> given = new ArrayList<>();

    private OptionScanner scan(String... words) {
        OptionScanner scanner = new OptionScanner("tool", OPTIONS, Arrays.asList(words));
        for (var next = scanner.next(); next.isPresent(); next = scanner.next()) {
            given.add(next.get().option().name() + "=" + next.get().value());
        }
        return scanner;
    }

    @Test
    void takesOptionsAndOperandsInAnyOrder() {
        OptionScanner scanner =
                scan("a", "-mqe", "x", "b", "-ey", "--ev=z", "--exclude", "-q", "--exclude=", "-", "--", "-m");
        assertThat(scanner.error()).isEmpty();
        assertThat(given)
                .containsExactly("monitor=", "quiet=", "event=x", "event=y", "event=z", "exclude=-q", "exclude=");
        assertThat(scanner.operands()).containsExactly("a", "b", "-", "-m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        --bogus=3   | unrecognized option '--bogus=3'
        -x          | invalid option -- 'x'
        -mx         | invalid option -- 'x'
        --monitor=3 | option '--monitor' doesn't allow an argument
        --event     | option '--event' requires an argument
        -e          | option requires an argument -- 'e'
        --ex=a      | option '--ex=a' is ambiguous; possibilities: '--exclude' '--excludei'
        """)
    void saysWhatMakesNoSense(String word, String text) {
        assertThat(scan(word).error()).contains("tool: " + text);
    }
}
