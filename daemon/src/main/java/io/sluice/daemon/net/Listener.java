package io.sluice.daemon.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.daemon.access.HostNames;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Accepts connections and leads each through its conversation, until {@link #close}. */
public final class Listener {
    /** Conversations at a time; a peer that comes while there are more is turned away. */
    private static final int MAX_CONVERSATIONS = 1000;

    private static final int LOOPS = 2;
    private static final int STEP_THREADS = 8;

    private final Supplier<DaemonConfiguration> configuration;
    private final DaemonLog log;
    private final Duration conversationLimit;
    private final SecureRandom random = new SecureRandom();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            LOOPS, Thread.ofPlatform().name("network-", 0).factory(), NioIoHandler.newFactory());
    private final ExecutorService steps = Executors.newFixedThreadPool(
            STEP_THREADS, Thread.ofPlatform().name("step-", 0).factory());
    private final ChannelGroup conversations = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Transfers transfers = new Transfers(random);
    private final Channel server;

    /**
     * Begins to listen.
     *
     * @param configuration asked for each connection
     * @param conversationLimit for a peer to be let in and send its arguments
     * @throws TransferException with rsync's text and code 10 if the address cannot be had
     */
    public Listener(
            Supplier<DaemonConfiguration> configuration,
            DaemonLog log,
            InetSocketAddress address,
            Duration conversationLimit)
            throws IOException {
        this.configuration = configuration;
        this.log = log;
        this.conversationLimit = conversationLimit;
        server = bind(address);
    }

    private Channel bind(InetSocketAddress address) throws IOException {
        var bound = new ServerBootstrap()
                .group(loops)
                .channelFactory(HandoverServerChannel::new)
                .option(ChannelOption.SO_BACKLOG, Math.max(configuration.get().backlog(), 1))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<HandoverChannel>() {
                    @Override
                    protected void initChannel(HandoverChannel channel) {
                        converse(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            end();
            throw new TransferException(
                    ExitCode.SOCKET_IO,
                    "unable to bind any inbound sockets on port " + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    private void converse(HandoverChannel channel) {
        if (conversations.size() >= MAX_CONVERSATIONS) {
            var _ = channel.close();
            return;
        }
        conversations.add(channel);
        DaemonConfiguration current = configuration.get();
        Conversation conversation = new Conversation(new ConversationContext(
                current,
                channel.remoteAddress().getAddress(),
                HostNames.SYSTEM,
                log.connection(current.logFile()),
                random));
        ConversationHandler.Setting setting =
                new ConversationHandler.Setting(steps, conversationLimit, transfers, conversations::remove);
        channel.pipeline().addLast(new ConversationHandler(conversation, setting));
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Number of connections that are served, those that still have to introduce themselves included. */
    public int connections() {
        return conversations.size() + transfers.count();
    }

    /** Accepts no more, ends all conversations, waits for transfers, and cuts those that take longer than {@code patience}. */
    public void close(Duration patience) throws InterruptedException {
        server.close().awaitUninterruptibly();
        conversations.close().awaitUninterruptibly();
        end();
        transfers.close(patience);
    }

    private void end() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        steps.shutdown();
    }
}
