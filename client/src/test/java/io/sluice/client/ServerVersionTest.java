package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.ProtocolVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
    /** What follows the dot are paths, which may look like options. */
    @Test
    void takesTheOptionFromAmongTheOthers() throws TransferException {
        ServerVersion found =
                ServerVersion.of(List.of("--protocol=29", "--server", "-a", "--protocol=28", ".", "--protocol=27"));
        assertThat(found.newest().number()).isEqualTo(28);
        assertThat(found.others()).containsExactly("--server", "-a", ".", "--protocol=27");
        assertThat(ServerVersion.of(List.of("--server", ".", "x")).newest()).isEqualTo(ProtocolVersion.NEWEST);
    }

    @ParameterizedTest
    @CsvSource({"26, at least 27", "33, no more than 32", "x, invalid numeric value"})
    void refusesWhatItDoesNotSpeak(String number, String reason) {
        assertThatThrownBy(() -> ServerVersion.of(List.of("--protocol=" + number, "--server")))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining(reason);
    }
}
