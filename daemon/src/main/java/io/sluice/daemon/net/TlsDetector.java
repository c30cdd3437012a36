package io.sluice.daemon.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at the first bytes that arrive: TLS gets its handler, and a client that does not know that this is a port for TLS is told so. There is no handler, which is
 * large, for a peer that has not said its first record; until then its bytes are all that is kept of it.
 *
 * <pre>
 * record   type 1 | version 2 | length 2, most significant byte first | content
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close or write that fails ends in channelInactive
final class TlsDetector extends ByteToMessageDecoder {
    /** Of a TLS record, after which it is known for what it is. */
    private static final int HEADER = 5;
    /** Where its length is. */
    private static final int LENGTH = 3;
    /** A longer first record is begun with at once: what is kept of its peer is then more than a handler anyway. */
    private static final int SHORT_RECORD = 8 * 1024;

    private static final byte[] REFUSAL =
            "@ERROR: this port is for TLS -- use rsyncs://, --tls or rsync-ssl\n".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<SslHandler> tls;
    private boolean refused;

    TlsDetector(Supplier<SslHandler> tls) {
        this.tls = tls;
        setCumulator(TlsDetector::join);
    }

    /** In a buffer that is no larger than what is in it: those that the network is read into are. */
    private static ByteBuf join(ByteBufAllocator allocator, ByteBuf kept, ByteBuf arrived) {
        try {
            ByteBuf joined = Unpooled.buffer(kept.readableBytes() + arrived.readableBytes());
            return joined.writeBytes(kept).writeBytes(arrived);
        } finally {
            kept.release();
            arrived.release();
        }
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
            int record = HEADER + in.getUnsignedShort(in.readerIndex() + LENGTH);
            if (record <= SHORT_RECORD && in.readableBytes() < record) {
                context.read();
                return;
            }
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
