package io.sluice.client.transport;

import io.sluice.linux.PromptInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** A TCP connection that sends small writes, and acknowledges small reads, at once. */
final class SocketLink implements Link {
    private final SocketChannel channel;
    private final InputStream input;
    private final OutputStream output;

    /** Takes over a connected, blocking channel. */
    SocketLink(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        this.input = new PromptInput(channel);
        this.output = channel.socket().getOutputStream();
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
