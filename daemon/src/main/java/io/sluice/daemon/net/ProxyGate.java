package io.sluice.daemon.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Begins the conversation once a proxy has said whose connection it is, in what is left of the time for both. Its methods run on the channel's event
 * loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails ends in channelInactive
final class ProxyGate extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private final Next next;
    private final ByteBuf arrived = Unpooled.buffer();
    private final PeerDeadline deadline = new PeerDeadline();

    /** What comes of a header. */
    interface Next {
        /**
         * It is known whose connection it is.
         *
         * @param source where it comes from; empty: from the proxy itself
         * @param left of the time for the conversation
         */
        ConversationHandler begin(Optional<InetAddress> source, Duration left);

        /** There is no header. */
        void failed(String reason);
    }

    ProxyGate(Duration limit, Next next) {
        this.limit = limit;
        this.next = next;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline.set(context, limit);
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            arrived.writeBytes(bytes);
        } finally {
            bytes.release();
        }
        int length = Math.min(arrived.readableBytes(), ProxyHeader.MAX_BYTES);
        try {
            Optional<ProxyHeader> header = ProxyHeader.parse(ByteBufUtil.getBytes(arrived, 0, length));
            if (header.isPresent()) {
                pass(context, header.get());
            }
        } catch (ProxyHeader.MalformedException e) {
            next.failed(String.valueOf(e.getMessage()));
            context.close();
        }
    }

    private void pass(ChannelHandlerContext context, ProxyHeader header) {
        Duration left = deadline.cancel();
        context.pipeline().addLast(next.begin(header.source(), left));
        context.fireChannelActive();
        arrived.skipBytes(header.length());
        if (arrived.isReadable()) {
            context.fireChannelRead(arrived.readRetainedSlice(arrived.readableBytes()));
        }
        context.pipeline().remove(this);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (context.channel().isActive() && !context.isRemoved()) {
            context.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        arrived.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            next.failed(String.valueOf(cause.getMessage()));
        }
        context.close();
    }
}
