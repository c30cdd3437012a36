package io.sluice.daemon.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.SocketChannel;

/** A connection whose socket can be taken out of Netty. */
final class HandoverChannel extends NioSocketChannel {
    HandoverChannel(Channel parent, SocketChannel socket) {
        super(parent, socket);
    }

    /** The socket itself; blocking mode may be set once this channel is deregistered. */
    SocketChannel socketChannel() {
        return javaChannel();
    }
}
