package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden bytes are what the client of rsync 3.5.0 sent a daemon for {@code -azs src/ host::a/}: two lists, one after the other. */
class ArgumentStreamTest {
    private static final String CAPTURED = "--server\0-slogDtprze.iLsfxCIvu\0\0rsync\0.\0a/\0\0";
    private static final List<String> FIRST = List.of("--server", "-slogDtprze.iLsfxCIvu");
    private static final List<String> SECOND = List.of("rsync", ".", "a/");

    /** The second list comes out right only if the first took its end and no more. */
    @Test
    void readsWhatRsyncSends() throws IOException {
        WireInput in = input(CAPTURED);
        assertThat(texts(ArgumentStream.read(in))).isEqualTo(FIRST);
        assertThat(texts(ArgumentStream.read(in))).isEqualTo(SECOND);
    }

    @Test
    void writesWhatRsyncSends() throws IOException {
        var sink = new ByteArrayOutputStream();
        var out = new WireOutput(sink);
        ArgumentStream.write(out, bytes(FIRST));
        ArgumentStream.write(out, bytes(SECOND));
        out.flush();
        assertThat(sink.toString(ISO_8859_1)).isEqualTo(CAPTURED);
    }

    /** Arguments may hold any byte but NUL: newlines and bytes that are no UTF-8 come through. */
    @Test
    void keepsEveryByte() throws IOException {
        WireInput in = input("a\nb\r\0\u00ff\u00fe\0\0");
        assertThat(texts(ArgumentStream.read(in))).containsExactly("a\nb\r", "\u00ff\u00fe");
    }

    /** An empty argument as such would be the end of the list, and all behind it lost. */
    @Test
    void writesADotForAnEmptyArgument() throws IOException {
        var sink = new ByteArrayOutputStream();
        var out = new WireOutput(sink);
        ArgumentStream.write(out, bytes(List.of("", "b")));
        out.flush();
        assertThat(sink.toString(ISO_8859_1)).isEqualTo(".\0b\0\0");
        assertThatThrownBy(() -> ArgumentStream.write(out, bytes(List.of("a\0b"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The whole first list was read above. */
    @ParameterizedTest
    @MethodSource("offsets")
    void reportsTruncation(int length) {
        WireInput in = input(CAPTURED.substring(0, length));
        assertThatThrownBy(() -> ArgumentStream.read(in))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STREAM_IO));
    }

    static IntStream offsets() {
        return IntStream.range(0, CAPTURED.indexOf("\0\0") + 2);
    }

    /** In each case the last accepted value is one less: the list that just fits is read. */
    @Test
    void boundsWhatItReads() throws IOException {
        assertThat(ArgumentStream.read(input("a\0".repeat(16_000) + "\0"))).hasSize(16_000);
        assertRefused("a\0".repeat(16_001) + "\0", "arguments: at least 16001");
        String longest = "x".repeat(65_536) + "\0";
        assertThat(ArgumentStream.read(input(longest.repeat(64) + "\0"))).hasSize(64);
        assertRefused("y" + longest + "\0", "bytes of an argument: at least 65537");
        assertRefused(longest.repeat(64) + "z\0\0", "bytes of arguments: at least 4194305");
    }

    private static void assertRefused(String stream, String message) {
        assertThatThrownBy(() -> ArgumentStream.read(input(stream)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith(message);
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(ISO_8859_1)).toList();
    }

    private static List<String> texts(List<byte[]> arguments) {
        return arguments.stream()
                .map(argument -> new String(argument, ISO_8859_1))
                .toList();
    }

    private static WireInput input(String stream) {
        return new WireInput(new ByteArrayInputStream(stream.getBytes(ISO_8859_1)));
    }
}
