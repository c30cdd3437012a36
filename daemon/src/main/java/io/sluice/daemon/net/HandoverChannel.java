package io.sluice.daemon.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.sluice.linux.PromptInput;
import java.nio.channels.SocketChannel;

/** A connection whose socket can be taken out of Netty. */
final class HandoverChannel extends NioSocketChannel {
    HandoverChannel(Channel parent, SocketChannel socket) {
        super(parent, socket);
    }

    /** Lets the peer go on that waits for a sign of us. */
    void acknowledge() {
        PromptInput.acknowledge(javaChannel());
    }

    /** The socket itself; blocking mode may be set once this channel is deregistered. */
    SocketChannel socketChannel() {
        return javaChannel();
    }
}
