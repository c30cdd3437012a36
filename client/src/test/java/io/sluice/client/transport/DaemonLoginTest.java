package io.sluice.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client's side of the conversation with a scripted daemon: every byte that goes out is compared. */
class DaemonLoginTest {
    private static final String GREETING = "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\n";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    private DaemonLogin login(String script) {
        WireInput in = new WireInput(new ByteArrayInputStream(script.getBytes(StandardCharsets.ISO_8859_1)));
        WireOutput out = new WireOutput(new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] from, int offset, int length) {
                writes.add(length);
                sent.write(from, offset, length);
            }
        });
        return new DaemonLogin(
                in, out, ProtocolVersion.NEWEST, line -> messages.add(new String(line, StandardCharsets.ISO_8859_1)));
    }

    private static final DaemonLogin.Account JOE = new DaemonLogin.Account("joe", PasswordSource.of("pass"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void greetsAndNamesTheModuleInOneWrite() throws Exception {
        DaemonLogin.Result result = login(GREETING + "Welcome\n\n@RSYNCD: OK\n").login(bytes("m\377"), JOE);
        assertThat(sent.toString(StandardCharsets.ISO_8859_1)).isEqualTo(GREETING + "m\377\n");
        assertThat(writes).hasSize(1);
        assertThat(messages).containsExactly("Welcome", "");
        assertThat(result.answer()).isEqualTo(DaemonLogin.Answer.READY);
        assertThat(result.greeting().version()).isEqualTo(32);
    }

    @Test
    void answersAChallengeWithTheStrongestDigestThatTheDaemonHas() throws Exception {
        login("@RSYNCD: 31.0 md4 md5\n@RSYNCD: AUTHREQD dOLFJb9BZsXYN/WlPdN49A\n@RSYNCD: OK\n")
                .login(bytes("m"), JOE);
        // printf pass$challenge | openssl md5 -binary | base64
        assertThat(sent.toString(StandardCharsets.ISO_8859_1)).endsWith("m\njoe 21yuuHN4gVyg6sxscSS4vA\n");
    }

    @Test
    void listsModulesUntilTheDaemonSaysExit() throws Exception {
        DaemonLogin.Result result =
                login(GREETING + "m              \ta module\n@RSYNCD: EXIT\n").login(new byte[0], JOE);
        assertThat(result.answer()).isEqualTo(DaemonLogin.Answer.DONE);
        assertThat(messages).containsExactly("m              \ta module");
    }

    @Test
    void endsEachArgumentAndTheListsWithNul() throws Exception {
        login("").sendArguments(ProtocolVersion.NEWEST, List.of(bytes("--server"), bytes(".")), List.of());
        assertThat(sent.toString(StandardCharsets.ISO_8859_1)).isEqualTo("--server\0.\0\0");
        sent.reset();
        login("")
                .sendArguments(
                        ProtocolVersion.NEWEST,
                        List.of(bytes("--server"), bytes("-s")),
                        List.of(bytes("rsync"), bytes(".")));
        assertThat(sent.toString(StandardCharsets.ISO_8859_1)).isEqualTo("--server\0-s\0\0rsync\0.\0\0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@RSYNCD: 32.0 md5~@ERROR: Unknown module 'm'~|START_CLIENT|@ERROR: Unknown module 'm'",
                "@ERROR: access denied~|START_CLIENT|@ERROR: access denied",
                "|STREAM_IO|connection unexpectedly closed (0 bytes received so far)",
                "@RSYNCD: 32.0 md5~|STREAM_IO|connection unexpectedly closed (18 bytes received so far)",
                "HTTP/1.1 400 Bad Request~|START_CLIENT|rsync: server sent \"HTTP/1.1 400 Bad Request\" rather than greeting"
            })
    void tellsWhyItDidNotComeToATransfer(String script, ExitCode code, String text) {
        String lines = script == null ? "" : script.replace('~', '\n');
        assertThatThrownBy(() -> login(lines).login(bytes("m"), JOE))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessage(text);
    }

    @Test
    void refusesADaemonThatIsTooOld() {
        assertThatThrownBy(() -> login("@RSYNCD: 26.0\n").login(bytes("m"), JOE))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PROTOCOL));
    }
}
