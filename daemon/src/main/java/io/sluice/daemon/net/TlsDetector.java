package io.sluice.daemon.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Looks at the first bytes that arrive: TLS gets its handler, and a client that does not know that this is a port for TLS is told so. */
@SuppressWarnings("FutureReturnValueIgnored") // a close or write that fails ends in channelInactive
final class TlsDetector extends ByteToMessageDecoder {
    /** Of a TLS record, after which it is known for what it is. */
    private static final int HEADER = 5;

    private static final byte[] REFUSAL =
            "@ERROR: this port is for TLS -- use rsyncs://, --tls or rsync-ssl\n".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<SslHandler> tls;
    private boolean refused;

    TlsDetector(Supplier<SslHandler> tls) {
        this.tls = tls;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read(); // the next handler hears of a connection once there is TLS
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
        } else if (in.readableBytes() < HEADER) {
            context.read();
        } else if (SslHandler.isEncrypted(in, true)) {
            context.pipeline().replace(this, "tls", tls.get());
        } else {
            refused = true;
            in.skipBytes(in.readableBytes());
            context.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL)).addListener(done -> context.close());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
