package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each header that is taken has a neighbour that is not; what stands behind one belongs to the connection. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String ADDRESSES4 = "c6336407" + "cb007101" + "c822" + "0369";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROXY TCP4 198.51.100.7 203.0.113.1 51234 873~ | 198.51.100.7",
                "PROXY TCP6 2001:db8::7 ::1 51234 873~ | 2001:db8:0:0:0:0:0:7",
                "PROXY UNKNOWN~ | -",
                "PROXY UNKNOWN ffff::1 ffff::2 1 2~ | -",
            })
    void readsALine(String header, String source) throws ProxyHeader.MalformedException {
        byte[] bytes = line(header);
        ProxyHeader read =
                ProxyHeader.parse(Arrays.copyOf(bytes, bytes.length + 20)).orElseThrow();
        assertThat(read.length()).isEqualTo(bytes.length);
        assertThat(read.source().map(address -> address.getHostAddress()).orElse("-"))
                .isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RSYNCD: 32.0~",
                "PROXYTCP4 198.51.100.7 203.0.113.1 51234 873~",
                "PROXY TCP5 198.51.100.7 203.0.113.1 51234 873~",
                "PROXY TCP4 198.51.100.x 203.0.113.1 51234 873~",
                "PROXY TCP4 host.example 203.0.113.1 51234 873~",
                "PROXY TCP4 198.51.100.7 203.0.113.1 0 873~",
                "PROXY TCP4 198.51.100.7 203.0.113.1 51234 65536~",
                "PROXY TCP4 198.51.100.7 203.0.113.1 51234~",
                "PROXY TCP4 198.51.100.7 203.0.113.1 51234 873 9~",
                "PROXY TCP4 198.51.100.7 203.0.113.1 51234 873\n",
                "PROXY TCP4 198.51.100.7                                                                                    ~",
            })
    void refusesOtherLines(String header) {
        assertThatThrownBy(() -> ProxyHeader.parse(line(header))).isInstanceOf(ProxyHeader.MalformedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2111000c" + ADDRESSES4 + ", 198.51.100.7",
        "21210024" + "20010db8000000000000000000000007" + "00000000000000000000000000000001"
                + "c8220369, 2001:db8:0:0:0:0:0:7",
        "20000000, -",
        "2011000c" + ADDRESSES4 + ", -",
        "21310002abcd, -",
    })
    void readsBytes(String rest, String source) throws ProxyHeader.MalformedException {
        byte[] bytes = HexFormat.of().parseHex(SIGNATURE + rest);
        ProxyHeader read =
                ProxyHeader.parse(Arrays.copyOf(bytes, bytes.length + 3)).orElseThrow();
        assertThat(read.length()).isEqualTo(bytes.length);
        assertThat(read.source().map(address -> address.getHostAddress()).orElse("-"))
                .isEqualTo(source);
    }

    /** Another version, another command, addresses of another length, and more than there is room for. */
    @ParameterizedTest
    @ValueSource(strings = {"1111000c", "2211000c", "2111000d00" + ADDRESSES4, "2111ffff"})
    void refusesOtherBytes(String rest) {
        assertThatThrownBy(() -> ProxyHeader.parse(HexFormat.of().parseHex(SIGNATURE + rest)))
                .isInstanceOf(ProxyHeader.MalformedException.class);
    }

    @Test
    void waitsForTheRest() throws ProxyHeader.MalformedException {
        byte[] text = line("PROXY TCP4 198.51.100.7 203.0.113.1 51234 873~");
        byte[] binary = HexFormat.of().parseHex(SIGNATURE + "2111000c" + ADDRESSES4);
        for (byte[] whole : new byte[][] {text, binary}) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(ProxyHeader.parse(Arrays.copyOf(whole, length))).isEqualTo(Optional.empty());
            }
        }
    }

    private static byte[] line(String text) {
        return text.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
