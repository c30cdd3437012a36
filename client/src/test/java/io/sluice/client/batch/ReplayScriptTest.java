package io.sluice.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.ClientException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scripts are those that rsync 3.5.0 wrote for the same words. */
class ReplayScriptTest {
    private static String script(List<String> words, List<String> operands, String... rules) throws ClientException {
        List<byte[]> lines = List.of(rules).stream()
                .map(rule -> rule.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        byte[] text = new ReplayScript(List.of("rsync"), words, operands).text(operands.getLast(), lines, true);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsTheBatchInsteadOfTheSources() throws ClientException {
        assertThat(script(List.of("-av", "--write-batch=B", "src/", "dst"), List.of("src/", "dst")))
                .isEqualTo("'rsync' '-av' --read-batch='B' ${1:-'dst'}\n");
    }

    @Test
    void carriesRulesInTheScript() throws ClientException {
        assertThat(script(
                        List.of("-a", "--exclude", "x", "-f", "- y", "--only-write-batch=B", "s", "d"),
                        List.of("s", "d"),
                        "- x",
                        "- y"))
                .isEqualTo("'rsync' --filter='._-' '-a' --read-batch='B' ${1:-'d'} <<'#E#'\n- x\n- y\n#E#\n");
    }

    /** A name that the shell would run, if it were not in quotes. */
    @Test
    void quotesWhatMeansSomethingToAShell() throws ClientException {
        assertThat(script(List.of("-a", "--write-batch=B", "s", "-x$(id)=y'z"), List.of("s", "-x$(id)=y'z")))
                .isEqualTo("'rsync' '-a' --read-batch='B' ${1:-'-x$(id)=y'\\''z'}\n");
    }

    @Test
    void refusesARuleThatWouldEndTheScriptsList() {
        assertThatThrownBy(() -> script(List.of("-a", "s", "d"), List.of("s", "d"), "- a\n#E#\nid"))
                .isInstanceOf(ClientException.class)
                .hasMessage("cannot write a filter rule containing a newline to the batch replay script");
    }
}
