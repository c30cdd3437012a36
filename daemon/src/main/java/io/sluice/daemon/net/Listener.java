package io.sluice.daemon.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.sluice.daemon.access.Directories;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.hook.HookSetting;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.linux.InheritedListener;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Accepts connections and leads each through its conversation, until {@link #close}. */
public final class Listener {
    /** Bytes that are read of a peer at a time, and so the most that is kept of one beyond an item. */
    private static final int READ_BYTES = 4 * 1024;
    /** Of peers that are not served yet, all together. */
    private static final long ARGUMENT_BYTES = 32 * 1024 * 1024;

    private static final int LOOPS = 2;
    private static final int STEP_THREADS = 8;
    /** They compute, all the time that anybody begins with TLS. */
    private static final int HANDSHAKE_THREADS = 4;

    private static final int HANDSHAKE_SHARE = 2;
    /** Connections that wait for another push: each has two threads, and up to 1 MiB that it has read ahead. */
    private static final int MOST_IDLE = 64;

    private final Supplier<DaemonConfiguration> configuration;
    private final DaemonLog log;
    private final Duration conversationLimit;
    private final Directories directories;
    private final SecureRandom random = new SecureRandom();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            LOOPS, Thread.ofPlatform().name("network-", 0).factory(), NioIoHandler.newFactory());
    private final ExecutorService steps = Executors.newFixedThreadPool(
            STEP_THREADS, Thread.ofPlatform().name("step-", 0).factory());
    private final Lookups lookups = new Lookups();
    private final FairThreads handshakes = new FairThreads("handshake", HANDSHAKE_THREADS, HANDSHAKE_SHARE);
    private final Conversations conversations = Conversations.forThisProcess();
    private final ArgumentMemory memory = new ArgumentMemory(ARGUMENT_BYTES);
    private final HookSetting hooks = new HookSetting(false);
    private final DaemonEvents events;
    private final Transfers transfers;
    private final List<Channel> servers = new ArrayList<>();

    /**
     * Prepares to listen.
     *
     * @param configuration asked for each connection
     * @param conversationLimit for a peer to be let in and send its arguments
     * @param events hears what becomes of connections
     */
    public Listener(
            Supplier<DaemonConfiguration> configuration,
            DaemonLog log,
            Duration conversationLimit,
            DaemonEvents events) {
        this(
                configuration,
                log,
                conversationLimit,
                events,
                Directories.SYSTEM,
                Thread.ofPlatform().factory());
    }

    /**
     * The same with what else it is made of.
     *
     * @param directories tell names of hosts, and users
     * @param threads makes those that serve connections
     */
    Listener(
            Supplier<DaemonConfiguration> configuration,
            DaemonLog log,
            Duration conversationLimit,
            DaemonEvents events,
            Directories directories,
            ThreadFactory threads) {
        this.directories = directories;
        this.events = events;
        transfers =
                new Transfers(new ServedConnection.Setting(random, events, memory, new Semaphore(MOST_IDLE)), threads);
        this.configuration = configuration;
        this.log = log;
        this.conversationLimit = conversationLimit;
    }

    /**
     * Begins to listen; ends everything if that fails.
     *
     * @return the port
     * @throws TransferException with rsync's text and code 10 if the address cannot be had
     */
    public int listen(InetSocketAddress address) throws IOException {
        return bind(address, this::converse);
    }

    /** The same on a socket that somebody else has opened, if {@code material} is there for clients that use TLS. */
    public int listen(InheritedListener socket, Optional<TlsMaterial> material) {
        ServerBootstrap bootstrap = material.isPresent()
                ? bootstrap(channel -> converse(channel, material.get()))
                : bootstrap(this::converse);
        bootstrap.channelFactory(() -> new HandoverServerChannel(socket.channel()));
        servers.add(bootstrap.register().syncUninterruptibly().channel());
        return socket.port();
    }

    /** The same for clients that use TLS. */
    public int listen(InetSocketAddress address, TlsMaterial material) throws IOException {
        return bind(address, channel -> converse(channel, material));
    }

    private ServerBootstrap bootstrap(Consumer<HandoverChannel> welcome) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .option(
                        ChannelOption.SO_BACKLOG,
                        Math.max(configuration.get().listening().backlog(), 1))
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
                .childHandler(new ChannelInitializer<HandoverChannel>() {
                    @Override
                    protected void initChannel(HandoverChannel channel) {
                        events.accepted();
                        conversations.add(channel);
                        welcome.accept(channel);
                    }
                });
        SocketOptions.apply(
                configuration.get().listening().socketOptions(),
                bootstrap,
                log.daemon(configuration.get().listening().log()));
        return bootstrap;
    }

    private int bind(InetSocketAddress address, Consumer<HandoverChannel> welcome) throws IOException {
        ServerBootstrap bootstrap = bootstrap(welcome).channelFactory(HandoverServerChannel::new);
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            closeServers();
            end();
            throw new TransferException(
                    ExitCode.SOCKET_IO,
                    "unable to bind any inbound sockets on port " + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        servers.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** Begins to accept connections; those that came before wait for it. */
    public void accept() {
        servers.forEach(server -> server.config().setAutoRead(true));
    }

    /** Sends those threads there that start programs inside of {@code daemon chroot}, while that may be done. */
    public void enterRoot(String chroot) {
        try {
            var _ = hooks.root().enter(chroot);
        } catch (IOException e) {
            // whoever wants to start one is told
        }
    }

    private void converse(HandoverChannel channel) {
        DaemonConfiguration current = configuration.get();
        Log own = log.connection(current.log());
        InetAddress direct = channel.remoteAddress().getAddress();
        if (!current.proxy().required()) {
            channel.pipeline().addLast(handler(direct, current, own, Optional.empty(), limit(current)));
        } else if (ProxyTrust.mayForward(current.proxy(), direct, own)) {
            channel.pipeline().addLast(new ProxyGate(limit(current), new ProxyGate.Next() {
                @Override
                public ConversationHandler begin(Optional<InetAddress> source, Duration left) {
                    return handler(source.orElse(direct), current, own, Optional.empty(), left);
                }

                @Override
                public void failed(String reason) {
                    own.warning(reason + " (from " + NetUtil.toAddressString(direct) + ")");
                }
            }));
        } else {
            var _ = channel.close();
        }
    }

    /** What the configuration allows each peer in seconds, if that is less than the daemon's own limit. */
    private Duration limit(DaemonConfiguration current) {
        Duration configured = Duration.ofSeconds(current.timeout());
        return configured.isPositive() && configured.compareTo(conversationLimit) < 0 ? configured : conversationLimit;
    }

    /** The conversation begins behind TLS; with a configuration that has no TLS any more, by the one that it had. */
    private void converse(HandoverChannel channel, TlsMaterial material) {
        DaemonConfiguration current = configuration.get();
        Log own = log.connection(current.log());
        channel.pipeline().addLast(new TlsDetector(() -> {
            SslHandler handler = new SslHandler(
                    material.current(current.tls()).serverEngine(),
                    task -> handshakes.execute(channel.remoteAddress().getAddress(), task));
            handler.setHandshakeTimeoutMillis(0); // the gate has the deadline
            return handler;
        }));
        channel.pipeline().addLast(new TlsGate(limit(current), new TlsGate.Next() {
            @Override
            public ConversationHandler begin(Optional<String> certificate, Duration left) {
                return handler(channel.remoteAddress().getAddress(), current, own, certificate, left);
            }

            @Override
            public void failed(String reason) {
                own.line("TLS with "
                        + NetUtil.toAddressString(channel.remoteAddress().getAddress()) + " failed: " + reason);
            }
        }));
    }

    private ConversationHandler handler(
            InetAddress peer, DaemonConfiguration current, Log own, Optional<String> certificate, Duration limit) {
        Conversation conversation = new Conversation(new ConversationContext(
                current,
                Optional.of(configuration),
                peer,
                certificate,
                directories,
                own,
                hooks,
                memory,
                random,
                events));
        return new ConversationHandler(
                conversation,
                new ConversationHandler.Setting(
                        steps, lookups, limit, conversationLimit, transfers, hooks.threads(), conversations::remove));
    }

    private void closeServers() {
        servers.forEach(server -> server.close().awaitUninterruptibly());
    }

    /** Connections that still have to introduce themselves. */
    public int conversing() {
        return conversations.count();
    }

    /** Connections that are in a module, and not idle. */
    public int transferring() {
        return transfers.count() - transfers.idle();
    }

    /** Connections whose client may make another request. */
    public int idle() {
        return transfers.idle();
    }

    /** Ends connections that are idle; their clients come by new ones. */
    public void endIdle() {
        transfers.endIdle();
    }

    /** Commands that are run around connections. */
    public int commands() {
        return hooks.threads().count();
    }

    /** A line for each connection. */
    public List<byte[]> lines() {
        return Stream.concat(conversations.lines().stream(), transfers.lines().stream())
                .toList();
    }

    /** Number of connections that are served, those included that still have to introduce themselves, and commands that are run after a connection. */
    public int connections() {
        return conversations.count() + transfers.count() + hooks.threads().count();
    }

    /** Accepts no more, ends all conversations, waits for transfers, and cuts those that take longer than {@code patience}. */
    public void close(Duration patience) throws InterruptedException {
        closeServers();
        conversations.close();
        end();
        var _ = steps.awaitTermination(
                patience.toNanos(), TimeUnit.NANOSECONDS); // the last command may be yet to start
        transfers.close(patience);
        hooks.threads().close(patience);
        hooks.root().close();
    }

    private void end() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        steps.shutdown();
        lookups.close();
        handshakes.close();
    }
}
