package io.sluice.linux;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * What comes by a TCP socket, acknowledged at once where it is little. A peer with Nagle's algorithm, as rsync is, keeps its next words to itself until its last
 * ones are acknowledged, and Linux waits up to 40 ms with that for an answer to send it along with ({@code TCP_QUICKACK}, tcp(7)). Large reads are left alone: there
 * the kernel acknowledges soon enough.
 */
public final class PromptInput extends FilterInputStream {
    /** Bytes; a peer in full flow brings more at a time. */
    private static final int SMALL = 8 * 1024;

    private final SocketChannel channel;

    /** @param channel connected, and blocking when this is read */
    public PromptInput(SocketChannel channel) throws IOException {
        super(channel.socket().getInputStream());
        this.channel = channel;
    }

    /** Acknowledges what has come so far. The kernel forgets the wish soon: it holds for what is there now. */
    public static void acknowledge(SocketChannel channel) {
        try {
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        } catch (IOException | UnsupportedOperationException e) {
            // The peer is acknowledged later, or is gone, which the next read tells.
        }
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        acknowledge(channel);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0 && count < SMALL) {
            acknowledge(channel);
        }
        return count;
    }
}
