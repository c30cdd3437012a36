package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The long texts: each is held against the table that it describes, so that neither can grow without the other. */
class HelpTextTest {
    @Test
    void everyLineOfTheOptionListIsAnOptionThatIsKnown() {
        OptionTable table = new OptionTable();
        List<String> lines =
                HelpText.usage().lines().filter(line -> line.startsWith("--")).toList();
        assertThat(lines).hasSizeGreaterThan(140).allSatisfy(line -> {
            String name = line.substring(2).split("[=, ]", 2)[0];
            assertThat(name.equals("no-OPTION") || table.byName(name) != null)
                    .as(line)
                    .isTrue();
        });
    }

    @Test
    void infoAndDebugHelpNameEveryItemInItsOrder() {
        assertThat(names(HelpText.info())).containsExactlyElementsOf(names(InfoItem.values()));
        assertThat(names(HelpText.debug())).containsExactlyElementsOf(names(DebugItem.values()));
    }

    @Test
    void impliedDebugLevelsAreThoseThatTheHelpTells() {
        for (String line : HelpText.debug().lines().toList()) {
            if (!line.matches("[1-5]\\).*")) {
                continue;
            }
            int verbosity = line.charAt(0) - '0';
            for (String word : line.substring(3).split(",", -1)) {
                String name = word.replaceAll("[0-9]", "");
                int level = word.equals(name) ? 1 : Integer.parseInt(word.substring(name.length()));
                DebugItem item = DebugItem.of(name).orElseThrow();
                assertThat(levelAt(verbosity, item)).as(line + " " + word).isEqualTo(level);
                assertThat(levelAt(verbosity - 1, item)).as(line + " " + word).isLessThan(level);
            }
        }
    }

    @Test
    void versionAsJsonHasTheKeysThatScriptsRead() {
        assertThat(VersionText.json())
                .startsWith("{\n  \"program\": \"rsync\",\n  \"version\": \"")
                .contains("\"protocol\": \"32.0\"", "\"compress_list\": [\n    ", "\"IPv6\": true")
                .endsWith("\n}\n");
    }

    /** What is listed there a script may ask for; forms of algorithms that only old versions use have no name. */
    @Test
    void versionListsNamesAlone() {
        assertThat(VersionText.json()).contains("\"sha1\", \"none\"\n", "\"md5\", \"md4\"\n");
    }

    private static int levelAt(int verbosity, DebugItem item) {
        return new ReportingOptions(verbosity, false, 0, OutFormat.NONE, false, 0, Map.of()).level(item);
    }

    private static List<String> names(Enum<?>[] items) {
        return Arrays.stream(items).map(Enum::name).toList();
    }

    private static List<String> names(String help) {
        return help.lines()
                .filter(line -> line.matches("[A-Z]+ .*"))
                .map(line -> line.split(" ", 2)[0])
                .filter(name -> !List.of("ALL", "NONE", "HELP").contains(name))
                .toList();
    }
}
