package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table against the options that rsync 3.5.0 lists in its help: one that is missing, or has another letter, fails. */
class OptionTableTest {
    @Test
    void hasEveryOptionOfRsyncsHelp() throws IOException {
        OptionTable table = new OptionTable();
        List<String> missing = new ArrayList<>();
        int seen = 0;
        for (String line : help()) {
            if (!line.startsWith("-")) {
                continue;
            }
            for (String word : line.split(" {2,}", 2)[0].split(", ", -1)) {
                String name = word.replaceAll("[=\\[ (].*", "");
                if (name.equals("--no-OPTION")) {
                    continue;
                }
                seen++;
                boolean known = name.startsWith("--")
                        ? table.byName(name.substring(2)) != null
                        : table.byLetter(name.charAt(1)) != null;
                if (!known) {
                    missing.add(name);
                }
            }
        }
        assertThat(seen).isGreaterThan(150);
        assertThat(missing).isEmpty();
    }

    private static List<String> help() throws IOException {
        try (var resource = OptionTableTest.class.getResourceAsStream("rsync-3.5.0-options.txt")) {
            assertThat(resource).isNotNull();
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
