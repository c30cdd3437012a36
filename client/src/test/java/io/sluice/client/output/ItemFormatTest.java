package io.sluice.client.output;

import static io.sluice.protocol.event.ItemFlags.IS_NEW;
import static io.sluice.protocol.event.ItemFlags.LOCAL_CHANGE;
import static io.sluice.protocol.event.ItemFlags.REPORT_CHANGE;
import static io.sluice.protocol.event.ItemFlags.REPORT_GROUP;
import static io.sluice.protocol.event.ItemFlags.REPORT_OWNER;
import static io.sluice.protocol.event.ItemFlags.REPORT_PERMS;
import static io.sluice.protocol.event.ItemFlags.REPORT_SIZE;
import static io.sluice.protocol.event.ItemFlags.REPORT_TIME;
import static io.sluice.protocol.event.ItemFlags.TRANSFER;
import static io.sluice.protocol.event.ItemFlags.XNAME_FOLLOWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.Timestamps;
import io.sluice.protocol.session.ChecksumType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that rsync 3.5.0 printed for a file, a directory, a link and a deletion; a wrong column or width changes a line. */
class ItemFormatTest {
    private static final ItemFormat.Sources SOURCES =
            new ItemFormat.Sources(new Timestamps(() -> ZoneOffset.UTC), () -> SampleItem.TIME + 27, 16795);
    private static final ItemContext REMOTE = new ItemContext(false, true, true);

    @Test
    void fillsEveryEscapeOfAFile() {
        String format = "%i|%n|%L|%f|%l|%b|%c|%o|%p|%u|%U|%g|%G|%M|%B|%a|%h|%m|%P|%%|%q|%10n|%-12l|%t";
        assertThat(line(format, SampleItem.file(IS_NEW | TRANSFER, "src/a", 6)))
                .isEqualTo(
                        "<f+++++++++|src/a||src/src/a|6|49|16|send|16795|%u|0|%g|7|2026/11/21-08:19:09|rw-r--r--|%a|%h"
                                + "||%P|%|%q|     src/a|6           |2026/11/21 08:19:36");
    }

    /** An XXH sum is a number, least significant byte first; others are bytes in their order. */
    @ParameterizedTest
    @CsvSource({
        "XXH64, summed, 32768, ab01",
        "MD5, summed, 32768, 01ab",
        "XXH64, dry, 32768, 0000000000000000",
        "XXH64, same, 0, '                '",
        "SHA1, same, 0, '                                        '"
    })
    void showsASumOrAsMuchRoomAsItNeeds(ChecksumType type, String name, int flags, String shown) {
        LineBuffer line = new LineBuffer();
        ItemFormat.parse("[%C]")
                .append(line, SampleItem.file(flags, name, 6), new ItemContext(false, true, true, type), SOURCES);
        assertThat(line.toByteArray()).isEqualTo(("[" + shown + "]").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void fillsADeletionWithWhatIsKnownOfIt() {
        byte[] path = "src/d".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(line("%i|%n|%l|%b|%o|%B|%M", new RemovedItem(path, true)))
                .isEqualTo("*deleting  |src/d/|0|0|del.|---------|1970/01/01-00:00:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%n%L|l -> a",
                "'%-8n%6L!'|'l        ->      a!'",
                "%'l|1",
                "100%|100%",
                "%-|%-",
                "%5%|'    %'",
                "%|%",
                "a%'|a%'"
            },
            quoteCharacter = '~')
    void readsWidthsAndUnfinishedEscapes(String format, String expected) {
        String unquoted = expected.startsWith("'") ? expected.substring(1, expected.length() - 1) : expected;
        String bare = format.startsWith("'") ? format.substring(1, format.length() - 1) : format;
        assertThat(line(bare, SampleItem.symlink(0, "l", "a"))).isEqualTo(unquoted);
    }

    @Test
    void makesSizesReadableByApostrophes() {
        Item large = SampleItem.file(0, "a", 1_234_567);
        assertThat(line("%l %'l %''l %'''l", large)).isEqualTo("1234567 1,234,567 1.23M 1.18M");
    }

    @Test
    void joinsTheSourceDirectoryToAFullPath() {
        Item item = new SampleItem(0, true, "/./b//c/.", SampleItem.DIRECTORY, 0, "", 0);
        assertThat(line("%f", item)).isEqualTo("src/b/c/.");
    }

    @ParameterizedTest
    @MethodSource("itemized")
    void itemizes(String expected, Item item, ItemContext context) {
        LineBuffer line = new LineBuffer();
        ItemFormat.parse("%i").append(line, item, context, SOURCES);
        assertThat(text(line)).isEqualTo(expected);
    }

    static Stream<Arguments> itemized() {
        ItemContext local = new ItemContext(true, true, true);
        ItemContext timeless = new ItemContext(false, false, false);
        ItemContext linkTimesLost = new ItemContext(false, true, false);
        int all = REPORT_CHANGE | REPORT_SIZE | REPORT_TIME | REPORT_PERMS | REPORT_OWNER | REPORT_GROUP;
        int made = LOCAL_CHANGE | IS_NEW;
        int relinked = LOCAL_CHANGE | REPORT_CHANGE | REPORT_TIME;
        SampleItem received = new SampleItem(TRANSFER | IS_NEW, false, "a", SampleItem.REGULAR, 1, "", 0);
        return Stream.of(
                Arguments.of("<f+++++++++", SampleItem.file(TRANSFER | IS_NEW, "a", 1), REMOTE),
                Arguments.of(">f+++++++++", SampleItem.file(TRANSFER | IS_NEW, "a", 1), local),
                Arguments.of(">f+++++++++", received, REMOTE),
                Arguments.of("<fcstpog...", SampleItem.file(TRANSFER | all, "a", 1), REMOTE),
                Arguments.of("<f..T......", SampleItem.file(TRANSFER | REPORT_TIME, "a", 1), timeless),
                Arguments.of(".f...p.....", SampleItem.file(REPORT_PERMS, "a", 1), REMOTE),
                Arguments.of(".f         ", SampleItem.file(0, "a", 1), REMOTE),
                Arguments.of("<f.........", SampleItem.file(TRANSFER, "a", 1), REMOTE),
                Arguments.of(".d..t......", SampleItem.directory(REPORT_TIME, "d"), REMOTE),
                Arguments.of("cd+++++++++", SampleItem.directory(made, "d"), REMOTE),
                Arguments.of("cL+++++++++", SampleItem.symlink(made, "l", "a"), REMOTE),
                Arguments.of("cLc.t......", SampleItem.symlink(relinked, "l", "a"), REMOTE),
                Arguments.of(".L..T......", SampleItem.symlink(REPORT_TIME, "l", "a"), linkTimesLost),
                Arguments.of(".L..T......", SampleItem.symlink(REPORT_TIME | REPORT_SIZE, "l", "a"), REMOTE),
                Arguments.of("hf         ", SampleItem.file(LOCAL_CHANGE | XNAME_FOLLOWS, "h", 1), REMOTE),
                Arguments.of("cS+++++++++", new SampleItem(made, true, "p", 0010644, 0, "", 0), REMOTE),
                Arguments.of("cD+++++++++", new SampleItem(made, true, "n", 0020644, 0, "", 0), REMOTE));
    }

    @Test
    void knowsWhatAFormatNeeds() {
        assertThat(ItemFormat.parse("%-5i").hasOperation()).isTrue();
        assertThat(ItemFormat.parse("%%i %n").hasOperation()).isFalse();
        assertThat(ItemFormat.parse("%n %'b").needsOutcome()).isTrue();
        assertThat(ItemFormat.parse("%n %%c").needsOutcome()).isFalse();
    }

    private static String line(String format, Item item) {
        LineBuffer line = new LineBuffer();
        ItemFormat.parse(format).append(line, item, REMOTE, SOURCES);
        return text(line);
    }

    private static String text(LineBuffer line) {
        return new String(line.toByteArray(), StandardCharsets.ISO_8859_1);
    }
}
