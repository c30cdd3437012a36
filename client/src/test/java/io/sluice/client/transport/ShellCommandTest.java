package io.sluice.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The words that a remote shell is started with; each test has quotes or options whose loss would change the list. */
class ShellCommandTest {
    private static List<String> words(String command) throws Exception {
        return ShellCommand.parse(Optional.of(command), 0).words();
    }

    @Test
    void splitsAtSpacesOutsideQuotes() throws Exception {
        assertThat(words("ssh  -p 22 -o 'Proxy Command=a \"b\"' \"it''s\" x'y z'"))
                .containsExactly("ssh", "-p", "22", "-o", "Proxy Command=a \"b\"", "it''s", "xy z");
        assertThat(words("a 'b''c'")).containsExactly("a", "b'c");
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatThrownBy(() -> words("ssh 'x")).hasMessage("Missing trailing-' in remote-shell command.");
    }

    @Test
    void reachesAHostAsAUserByAnAddressFamily() throws Exception {
        ShellCommand ssh = ShellCommand.parse(Optional.of("/usr/bin/ssh -x"), 6);
        assertThat(reach(ssh, Optional.of("me")))
                .containsExactly("/usr/bin/ssh", "-x", "-l", "me", "-6", "host", "rsync");
        assertThat(reach(ShellCommand.parse(Optional.of("rsh"), 6), Optional.empty()))
                .containsExactly("rsh", "host", "rsync");
    }

    private static List<String> reach(ShellCommand shell, Optional<String> user) throws Exception {
        return shell.reach(user, "host", "rsync").stream()
                .map(word -> new String(word, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void refusesAHostThatReadsAsAnOption() throws Exception {
        ShellCommand ssh = ShellCommand.parse(Optional.empty(), 0);
        assertThatThrownBy(() -> ssh.reach(Optional.empty(), "-oProxyCommand=x", "rsync"))
                .hasMessage("Invalid remote host: hostnames may not start with '-'.");
    }
}
