package io.sluice.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RSYNC_CONNECT_PROG becomes; a host with a shell's characters must never get into the command. */
class ConnectProgramTest {
    @Test
    void putsTheHostInQuotes() throws Exception {
        assertThat(ConnectProgram.command("nc %H 873 %% %x", "web-1.example")).isEqualTo("nc 'web-1.example' 873 % %x");
        assertThat(ConnectProgram.command("cat", "$(evil)")).isEqualTo("cat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "~root", "%self", "+x", "a b", "a;b", "a'b", "$(x)", "a\nb"})
    void refusesAHostThatAShellCouldRead(String host) {
        assertThatThrownBy(() -> ConnectProgram.command("nc %H 873", host))
                .hasMessage("unsafe host characters for RSYNC_CONNECT_PROG");
    }
}
