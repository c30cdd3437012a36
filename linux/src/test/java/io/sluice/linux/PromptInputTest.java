package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That a peer is let go on sooner is measured: {@code benchmarks/latency} with rsync's daemons. */
@Timeout(30)
class PromptInputTest {
    private static final int BYTES = 100_000;

    @Test
    void hasAllBytesInOrder() throws IOException {
        byte[] sent = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            sent[i] = (byte) (i % 251);
        }
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel peer = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept();
                PromptInput input = new PromptInput(accepted)) {
            Thread.ofVirtual().start(() -> send(peer, sent));
            assertThat((byte) input.read()).isEqualTo(sent[0]);
            assertThat(input.readNBytes(BYTES - 1)).isEqualTo(Arrays.copyOfRange(sent, 1, BYTES));
            assertThat(input.read()).isEqualTo(-1);
        }
    }

    private static void send(SocketChannel peer, byte[] bytes) {
        try {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                peer.write(left);
            }
            peer.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The peer may go at any moment; whoever reads next is told. */
    @Test
    void acknowledgesNothingOnceClosed() throws IOException {
        SocketChannel closed = SocketChannel.open();
        closed.close();
        assertThatCode(() -> PromptInput.acknowledge(closed)).doesNotThrowAnyException();
    }
}
