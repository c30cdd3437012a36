package io.sluice.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Connections to a daemon that stop talking, each at some point of its conversation, and stay. A program of its own, so that who measures beside it starts its
 * processes without thousands of descriptors: {@code PORT TLS-PORT COUNT SECONDS STATE…} says {@code ready}, and how many the daemon had not ended after so many
 * seconds.
 */
final class StalledPeers implements AutoCloseable {
    /** Where a peer stops. */
    enum At {
        SILENT(""),
        HALF_A_LINE("@RSYNCD: 3"),
        HALF_A_MODULE("@RSYNCD: 31.0 md5\nfil"),
        HALF_AN_ARGUMENT("@RSYNCD: 31.0 md5\nfiles\n--server\0--sen"),
        /** Not at all, but a byte a second is all that it says. */
        DRIPPING("@RSYNCD: 31.0"),
        TLS_SILENT(0, 1),
        TLS_HALF_A_HELLO(1, 2),
        /** All that it has to say before the daemon's answer, for which the daemon has begun with TLS. */
        TLS_HELLO(1, 1);

        /** A character for each byte. */
        private final String said;

        private final boolean tls;

        At(String said) {
            this.said = said;
            tls = false;
        }

        /** That part of what a client of TLS begins with. */
        At(int part, int of) {
            byte[] hello = hello();
            said = new String(hello, 0, hello.length * part / of, StandardCharsets.ISO_8859_1);
            tls = true;
        }

        private static byte[] hello() {
            try {
                SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 874);
                engine.setUseClientMode(true);
                ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
                engine.wrap(ByteBuffer.allocate(0), hello);
                return Arrays.copyOf(hello.array(), hello.position());
            } catch (NoSuchAlgorithmException | SSLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final byte[] DRIP = " md5".getBytes(StandardCharsets.US_ASCII);

    private final List<SocketChannel> dripping = new ArrayList<>();
    private final List<SocketChannel> all = new ArrayList<>();
    private final ScheduledExecutorService dripper = Executors.newSingleThreadScheduledExecutor();
    private final Selector selector = Selector.open();
    private int dripped;

    private StalledPeers() throws IOException {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int tlsPort = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        At[] states = Arrays.stream(arguments).skip(4).map(At::valueOf).toArray(At[]::new);
        try (StalledPeers peers = new StalledPeers()) {
            for (int i = 0; i < count; i++) { // in all the states by turns
                At state = states[i % states.length];
                peers.connect(state.tls ? tlsPort : port, state);
            }
            var _ = peers.dripper.scheduleAtFixedRate(peers::drip, 1, 1, TimeUnit.SECONDS);
            System.out.println("ready");
            System.out.println(peers.left(Duration.ofSeconds(Integer.parseInt(arguments[3]))));
        }
    }

    private void connect(int port, At state) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        all.add(channel);
        channel.write(StandardCharsets.ISO_8859_1.encode(state.said));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        if (state == At.DRIPPING) {
            dripping.add(channel);
        }
    }

    private void drip() {
        ByteBuffer next = ByteBuffer.wrap(DRIP, dripped++ % DRIP.length, 1);
        for (SocketChannel channel : dripping) {
            try {
                channel.write(next.duplicate());
            } catch (IOException e) {
                // it was ended
            }
        }
    }

    /** How many are still open after {@code patience}, or 0 as soon as that is so. */
    int left(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        ByteBuffer scrap = ByteBuffer.allocate(1024);
        while (!selector.keys().isEmpty() && System.nanoTime() < end) {
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                if (hasEnded((SocketChannel) key.channel(), scrap.clear())) {
                    key.cancel();
                    key.channel().close();
                }
            }
            selector.selectedKeys().clear();
            selector.selectNow();
        }
        return selector.keys().size();
    }

    private static boolean hasEnded(SocketChannel channel, ByteBuffer scrap) {
        try {
            return channel.read(scrap) < 0;
        } catch (IOException e) { // it was reset
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        dripper.shutdownNow();
        selector.close();
        for (SocketChannel channel : all) {
            channel.close();
        }
    }
}
