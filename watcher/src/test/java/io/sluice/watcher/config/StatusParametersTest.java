package io.sluice.watcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.watcher.status.StatusRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a mirror may tell how it stands; what is refused would let everybody look, or nobody. */
class StatusParametersTest {
    private static final String SECTION = "[a]\npath = DIR\nreplicas = rsync://h/m\n";

    @TempDir
    private Path directory;

    private Optional<StatusRules> read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("mirror.conf"), text.replace("DIR", directory.toString()));
        return MirrorFile.readStatus(file, Map.of());
    }

    private void token(String text, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void isOffUnlessAskedFor() throws IOException {
        assertThat(read(SECTION)).isEmpty();
    }

    @Test
    void needsNoTokenOnLoopback() throws IOException {
        StatusRules rules = read("status address = 8731\n" + SECTION).orElseThrow();
        assertThat(rules.address()).hasToString("127.0.0.1:8731");
        assertThat(rules.token()).isEmpty();
        assertThat(read("status address = [::1]:8731\n" + SECTION)).isPresent();
    }

    @Test
    void readsTheToken() throws IOException {
        token("0123456789abcdef\nnot this\n", "rw-------");
        StatusRules rules = read("status address = 0.0.0.0:8731\nstatus token file = DIR/token\n" + SECTION)
                .orElseThrow();
        assertThat(rules.address()).hasToString("0.0.0.0:8731");
        assertThat(rules.token()).contains("0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status address = 0.0.0.0:8730~|line 1|as others can reach this one",
                "status address = nowhere~|line 1|(expected: [host:]port",
                "status address = 8730~status token file = DIR/none~|line 2|No such file",
                "status address = 8730~status token file = DIR/short~|line 1|(expected: 16 to 256 letters",
                "status address = 8730~status token file = DIR/open~|line 2|other-accessible"
            })
    void refusesTheRest(String globals, String line, String message) throws IOException {
        token("0123456789abcdef\n", "rw-r--r--");
        Files.move(directory.resolve("token"), directory.resolve("open"));
        token("too short\n", "rw-------");
        Files.move(directory.resolve("token"), directory.resolve("short"));
        assertThatThrownBy(() -> read(globals.replace("~", "\n") + SECTION))
                .hasMessageContaining(line.replace("line ", "mirror.conf:"))
                .hasMessageContaining(message);
    }

    @Test
    void holdsForTheWholeProcess() {
        assertThatThrownBy(() -> read(SECTION + "status address = 8730\n"))
                .hasMessageContaining("status address: in a section (expected: before the first one)");
    }
}
