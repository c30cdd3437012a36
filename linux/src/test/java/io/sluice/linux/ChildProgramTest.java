package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Programs of the system that this one starts; each says something that it can only know from what is tested. */
class ChildProgramTest {
    private static final long PATIENCE = 10_000;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> shell(String script, String... more) {
        List<byte[]> words = new ArrayList<>(List.of(bytes("sh"), bytes("-c"), bytes(script)));
        for (String word : more) {
            words.add(bytes(word));
        }
        return words;
    }

    @Test
    void givesArgumentsAndVariablesInAnyBytes() throws Exception {
        List<byte[]> words = shell("printf '%s|%s' \"$1\" \"$EXTRA\"", "sh", "\u00FF\u0001 x");
        try (ChildProgram.Piped piped = ChildProgram.startPiped(words, List.of(bytes("EXTRA=\u00FE")))) {
            assertThat(piped.output().readAllBytes()).isEqualTo(bytes("\u00FF\u0001 x|\u00FE"));
            assertThat(piped.program().await(PATIENCE)).isEqualTo(OptionalInt.of(0));
        }
    }

    @Test
    void readsWhatIsWrittenAndSeesItsEnd() throws Exception {
        try (ChildProgram.Piped piped = ChildProgram.startPiped(List.of(bytes("cat")), List.of())) {
            piped.input().write(bytes("there and back"));
            piped.input().close();
            assertThat(piped.output().readAllBytes()).isEqualTo(bytes("there and back"));
        }
    }

    @Test
    void tellsTheExitStatusAndTheSignal() throws Exception {
        try (ChildProgram.Piped piped = ChildProgram.startPiped(shell("exit 7"), List.of())) {
            assertThat(piped.program().await(PATIENCE)).isEqualTo(OptionalInt.of(7));
        }
        try (ChildProgram.Piped piped = ChildProgram.startPiped(shell("exec sleep 100"), List.of())) {
            assertThat(piped.program().await(0)).isEmpty();
            piped.program().terminate();
            assertThat(piped.program().await(PATIENCE)).isEqualTo(OptionalInt.of(128 + 15));
        }
    }

    @Test
    void aProgramOnASocketHasItAsInputAndOutput() throws Exception {
        List<byte[]> words = shell("cat");
        ChildProgram.Connected connected = ChildProgram.startConnected(words);
        try (SocketChannel channel = connected.channel()) {
            channel.write(ByteBuffer.wrap(bytes("echo")));
            channel.shutdownOutput();
            byte[] said = channel.socket().getInputStream().readAllBytes();
            assertThat(said).isEqualTo(bytes("echo"));
        }
        assertThat(connected.program().await(PATIENCE)).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void theSocketIsOneForTheProgramToo() throws Exception {
        ChildProgram.Connected connected = ChildProgram.startConnected(shell("test -S /dev/stdin && exit 9"));
        try (SocketChannel channel = connected.channel()) {
            assertThat(channel.isConnected()).isTrue();
            assertThat(connected.program().await(PATIENCE)).isEqualTo(OptionalInt.of(9));
        }
    }

    @Test
    void aProgramThatDoesNotExistIsAnErrorAtOnce() {
        assertThatThrownBy(() -> ChildProgram.startPiped(List.of(bytes("/nonexistent/program")), List.of()))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    @Test
    void refusesAnArgumentThatWouldEndEarly() {
        assertThatThrownBy(() -> ChildProgram.startPiped(shell("true", "a\0b"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsSocketsFromOtherFiles() throws IOException {
        try (DirectoryHandle root = DirectoryHandle.open(bytes("/"))) {
            assertThat(SocketCalls.isSocket(root.fd())).isFalse();
        }
    }
}
