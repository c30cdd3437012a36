package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The names of a {@code --files-from} list. The bytes are those that the client of rsync 3.5.0 sent a server over a pipe between its checksum names and its
 * first request, for {@code rsync -e RECORDER --protocol=N -lt --files-from=LIST h:SOURCE/ DEST/} with the names {@code new} and {@code sub/changed}.
 */
class NameForwarderTest {
    /** Of what both are: the end of the rules, in a frame. */
    private static final String RULES = "0400000700000000";

    private static final String NAMES = "6e6577007375622f6368616e67656400";

    /** With {@code --protocol=30}. */
    @Test
    void beforeVersion31NamesHaveNoFrames() throws IOException {
        String captured = RULES + NAMES + "00";
        assertThat(sent(true)).isEqualTo(captured + "0100000702");
    }

    /** With {@code --protocol=31} and 32; rsync sends the end in a frame of its own, which means nothing. */
    @Test
    void sinceThenTheyAreDataAsAllElse() throws IOException {
        String captured = RULES + "10000007" + NAMES + "0100000700";
        assertThat(data(sent(false))).isEqualTo(data(captured) + "02");
    }

    private static String sent(boolean plain) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(sink);
        out.multiplex();
        out.writeInt(0);
        out.flush();
        List<byte[]> names = Stream.of("new", "", "sub/changed")
                .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                .toList();
        try (NameForwarder forwarder =
                NameForwarder.start(new WireInput(InputStream.nullInputStream()), out, names, plain)) {
            forwarder.await();
        }
        out.writeByte(2);
        out.flush();
        return HexFormat.of().formatHex(sink.toByteArray());
    }

    /** The sender waits for the rest of the names, and this end for its list: without the failure's being passed on, for ever. */
    @Timeout(60)
    @Test
    void whatEndsTheNamesEndsTheWaitForTheirList() throws IOException {
        try (WireInput in = new WireInput(new PipedInputStream(new PipedOutputStream()))) {
            in.readAhead("test-input", 1);
            Iterable<byte[]> names = () -> {
                throw new StackOverflowError("names");
            };
            try (NameForwarder forwarder =
                    NameForwarder.start(in, new WireOutput(OutputStream.nullOutputStream()), names, false)) {
                assertThatThrownBy(in::readByte)
                        .isInstanceOf(TransferException.class)
                        .hasMessage("internal error: java.lang.StackOverflowError: names");
                assertThatThrownBy(forwarder::await).hasMessage("internal error: java.lang.StackOverflowError: names");
            }
        }
    }

    private static String data(String frames) {
        return GoldenTrees.data(HexFormat.of().parseHex(frames), 0);
    }
}
