package io.sluice.daemon.monitor;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.sluice.linux.InheritedListener;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers {@code GET /metrics}, and nothing else, one request for each connection. */
@SuppressWarnings("FutureReturnValueIgnored") // whoever is gone misses its answer
public final class MetricsEndpoint implements AutoCloseable {
    private static final int MAX_REQUEST = 8 * 1024;
    private static final int MAX_CONNECTIONS = 32;
    private static final int SECONDS = 10;

    private final Metrics metrics;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().name("metrics-", 0).daemon().factory(), NioIoHandler.newFactory());
    private final AtomicInteger connections = new AtomicInteger();

    public MetricsEndpoint(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Begins to listen.
     *
     * @return the port
     * @throws TransferException with code 10 if the address cannot be had
     */
    public int listen(InetSocketAddress address) throws IOException {
        var bound =
                bootstrap().channel(NioServerSocketChannel.class).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new TransferException(
                    ExitCode.SOCKET_IO,
                    "unable to bind the metrics address " + address + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** The same on a socket that somebody else has opened. */
    public int listen(InheritedListener socket) {
        bootstrap()
                .channelFactory(() -> new NioServerSocketChannel(socket.channel()))
                .register()
                .syncUninterruptibly();
        return socket.port();
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap().group(loop).childHandler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                begin(channel);
            }
        });
    }

    private void begin(Channel channel) {
        channel.closeFuture().addListener(done -> connections.decrementAndGet());
        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            channel.close();
            return;
        }
        channel.pipeline()
                .addLast(
                        new ReadTimeoutHandler(SECONDS, TimeUnit.SECONDS),
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MAX_REQUEST),
                        new Answer());
    }

    private final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            boolean asked = request.method().equals(HttpMethod.GET)
                    && request.decoderResult().isSuccess()
                    && (request.uri().equals("/metrics") || request.uri().startsWith("/metrics?"));
            String text = asked ? metrics.text() : "GET /metrics is all that there is\n";
            ByteBuf content = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, asked ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND, content);
            response.headers()
                    .set(
                            HttpHeaderNames.CONTENT_TYPE,
                            asked ? "text/plain; version=0.0.4; charset=utf-8" : "text/plain")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                    .set(HttpHeaderNames.CONNECTION, "close");
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
