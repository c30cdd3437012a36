package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mounts that this process sees. */
class MountTableTest {
    @Test
    void readsALineWithOptionalFieldsAndSpaces() throws IOException {
        Mount mount = MountTable.parse(
                "36 35 98:0 /a\\040b /mnt\\134x rw,noatime shared:1 master:2 - ext3 /dev/root rw,errors=continue");
        assertThat(mount.id()).isEqualTo(36);
        assertThat(new String(mount.root(), StandardCharsets.US_ASCII)).isEqualTo("/a b");
        assertThat(new String(mount.point(), StandardCharsets.US_ASCII)).isEqualTo("/mnt\\x");
        assertThat(mount.type()).isEqualTo("ext3");
        assertThat(mount.isWhole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x 35 98:0 / / rw - ext3", "36 35 98:0 / / rw shared:1", "36 35 98:0 / / rw -"})
    void rejectsWhatIsNoLine(String line) {
        assertThatThrownBy(() -> MountTable.parse(line)).isInstanceOf(IOException.class);
    }

    @Test
    void listsTheRoot() throws IOException {
        assertThat(MountTable.read()).anyMatch(mount -> mount.point().length == 1 && mount.point()[0] == '/');
    }

    /** Asked twice in a row it has not changed, unless somebody mounts just then. */
    @Test
    void tellsAChangeOnce() throws IOException {
        try (MountTable table = MountTable.open()) {
            boolean quiet = false;
            for (int i = 0; i < 100 && !quiet; i++) {
                quiet = !table.changed();
            }
            assertThat(quiet).isTrue();
        }
    }
}
