package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.InotifyMask;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one event looks like. Its parts are all different, so that none can stand for another. */
class EventTextTest {
    private static final ToolEvent EVENT =
            new ToolEvent(1, "www/", InotifyMask.MOVED_TO | InotifyMask.IS_DIRECTORY, 0xBEEF, "new");

    private static String format(String format) {
        return new FormatText(format, () -> "12:00").of(EVENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        %w%f|www/new
        %T %w%f%e|12:00 www/newMOVED_TO,ISDIR
        %:e %,e|MOVED_TO:ISDIR MOVED_TO,ISDIR
        %we|www/e
        %c|beef
        %%w %q %|%w %q %
        100%%e|100%e
        """)
    void convertsWhatItKnows(String format, String text) {
        assertThat(format(format + "\n")).isEqualTo(text + "\n");
    }

    @Test
    void convertsToNulAndNewline() {
        assertThat(format("%f%0%n")).isEqualTo("new\0\n");
    }

    @Test
    void showsNothingWhenItEndsInAPercentSignOrTheTimeIsEmpty() {
        assertThat(format("%w %")).isEmpty();
        assertThat(new FormatText("%w %T\n", () -> "").of(EVENT)).isEmpty();
    }

    @Test
    void theDefaultIsThatOfTheOriginal() {
        assertThat(format(FormatText.DEFAULT)).isEqualTo("www/ MOVED_TO,ISDIR new\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '~', textBlock = """
        d/|f|d/,CREATE,f
        a,b/|f|"a,b/",CREATE,f
        d/|"f"|d/,CREATE,\"""f\"""
        d/| f|d/,CREATE," f"
        d/|f |d/,CREATE,"f "
        d/|f f|d/,CREATE,f f
        ~~|f|CREATE,f
        """)
    void quotesInCsvWhatNeedsIt(String watched, String name, String line) {
        ToolEvent event = new ToolEvent(1, watched, InotifyMask.CREATE, 0, name);
        assertThat(new CsvText().of(event)).isEqualTo(line + "\n");
    }

    @Test
    void quotesSeveralEventsInCsv() {
        assertThat(new CsvText().of(EVENT)).isEqualTo("www/,\"MOVED_TO,ISDIR\",new\n");
    }

    @Test
    void tellsAnObjectInJsonWithTheBytesOfWhatIsNotUtf8() {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(1234567890123L), ZoneOffset.UTC);
        ToolEvent event = new ToolEvent(1, "d/", InotifyMask.CREATE, -1, "caf\u00e9");
        assertThat(new JsonText(clock).of(event))
                .isEqualTo("{\"event\":\"CREATE\",\"time_ms\":1234567890123,\"watched\":\"d/\","
                        + "\"name\":\"caf\u00ef\u00bf\u00bd\",\"name_base64\":\"Y2Fm6Q==\",\"cookie\":4294967295}\n");
    }
}
