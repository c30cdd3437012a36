package io.sluice.watcher.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves a {@link Site}, one request for each connection, with one thread. */
@SuppressWarnings("FutureReturnValueIgnored") // whoever is gone misses its answer
public final class HttpServer implements AutoCloseable {
    static final int MAX_LINE = 4096;
    static final int MAX_HEADERS = 8192;

    private final Site site;
    private final Limits limits;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().name("status-", 0).daemon().factory(), NioIoHandler.newFactory());
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();

    public HttpServer(Site site, Limits limits) {
        this.site = site;
        this.limits = limits;
    }

    /**
     * Begins to listen.
     *
     * @param token that whoever asks must show; needed unless the address is loopback
     * @return the address, with the port
     * @throws IOException if it cannot be had
     */
    public InetSocketAddress listen(InetSocketAddress address, Optional<String> token) throws IOException {
        Gate gate = new Gate(address.getAddress(), token);
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        begin(channel, gate);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "unable to bind " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void begin(Channel channel, Gate gate) {
        channel.closeFuture().addListener(done -> connections.decrementAndGet());
        if (connections.incrementAndGet() > limits.connections()) {
            channel.close();
            return;
        }
        channel.pipeline().addLast(new HttpServerCodec(bounds()), new RequestHandler(site, gate, limits, streams));
    }

    /** How long the parts of a request may be. */
    static HttpDecoderConfig bounds() {
        return new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS);
    }

    /** How many listen to events. */
    public int streams() {
        return streams.get();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
