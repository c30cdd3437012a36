package io.sluice.daemon.net;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Accepts {@link HandoverChannel}s. */
final class HandoverServerChannel extends NioServerSocketChannel {
    HandoverServerChannel() {}

    /** @param socket bound already */
    HandoverServerChannel(ServerSocketChannel socket) {
        super(socket);
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws IOException {
        SocketChannel socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        accepted.add(new HandoverChannel(this, socket));
        return 1;
    }
}
