package io.sluice.protocol.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModeChangeTest {
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 040000;

    static Stream<String> table() throws IOException {
        try (InputStream in = ModeChangeTest.class.getResourceAsStream("mode-changes.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines().filter(line -> !line.startsWith("#"));
        }
    }

    /** Each cell is what a real rsync left on disk, so a wrong bit anywhere in a part shows. */
    @ParameterizedTest
    @MethodSource("table")
    void changesModesAsTheOriginal(String line) {
        if (line.endsWith("!")) {
            String part = line.substring(0, line.length() - 2);
            assertThatIllegalArgumentException().isThrownBy(() -> ModeChange.parse(List.of(part), () -> 022));
            return;
        }
        String[] columns = line.split(" \\| ", -1);
        ModeChange change = ModeChange.parse(Arrays.asList(columns[0].split(" ", -1)), () -> 022);
        assertCells(change, REGULAR, columns[1]);
        assertCells(change, DIRECTORY, columns[2]);
    }

    private static void assertCells(ModeChange change, int type, String cells) {
        for (String cell : cells.split(" ", -1)) {
            String[] modes = cell.split(">", -1);
            int before = type | Integer.parseInt(modes[0], 8);
            int after = type | Integer.parseInt(modes[1], 8);
            assertThat(Integer.toOctalString(change.apply(before))).as(cell).isEqualTo(Integer.toOctalString(after));
        }
    }

    @Test
    void changesNothingWithoutParts() {
        assertThat(ModeChange.parse(List.of()).isEmpty()).isTrue();
        assertThat(ModeChange.NONE.apply(REGULAR | 0640)).isEqualTo(REGULAR | 0640);
    }

    /** The process's umask always leaves the owner's bits alone in a sane build; a reading of garbage would not. */
    @Test
    void asksTheProcessForItsUmask() {
        assertThat(ModeChange.parse(List.of("=rw")).apply(REGULAR) & 0600).isEqualTo(0600);
    }
}
