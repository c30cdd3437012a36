package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.client.SocketSettings;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.ReportingOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Connects to a daemon by TCP, directly or through an HTTP proxy ({@code RSYNC_PROXY}): to the host's addresses in turn, until one answers. */
public final class SocketDialer {
    private static final int MAX_PORT = 65_535;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final Settings settings;
    private PeerTrace trace = new PeerTrace(ReportingOptions.DEFAULT, text -> {});

    /**
     * How to connect.
     *
     * @param address the local address to use; empty: any
     * @param family 4, 6, or 0 for either
     * @param timeoutSeconds for the whole attempt; 0: the system's
     * @param proxy {@code [user:password@]host:port}; empty: none
     * @param options of the socket
     */
    public record Settings(
            Optional<String> address, int family, int timeoutSeconds, Optional<String> proxy, SocketSettings options) {
        /** Directly, from any address. */
        public static final Settings DEFAULT =
                new Settings(Optional.empty(), 0, 0, Optional.empty(), SocketSettings.NONE);
    }

    public SocketDialer(Settings settings) {
        this.settings = settings;
    }

    /** Lets {@code other} hear how it goes. */
    SocketDialer reportingTo(PeerTrace other) {
        trace = other;
        return this;
    }

    /**
     * Connects.
     *
     * @throws TransferException with code 10 if no address answers, 35 if that takes too long
     */
    public Link dial(String host, int port) throws IOException {
        if (settings.proxy().isEmpty()) {
            return new SocketLink(connect(host, port));
        }
        ProxyTunnel tunnel = ProxyTunnel.parse(settings.proxy().get());
        trace.proxied(tunnel.host(), tunnel.port());
        SocketChannel channel = connect(tunnel.host(), tunnel.port());
        try {
            tunnel.open(channel, host, port);
            return new SocketLink(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private SocketChannel connect(String host, int port) throws IOException {
        if (port < 1 || port > MAX_PORT) {
            throw new TransferException(
                    ExitCode.SYNTAX, "port of " + host + ": " + port + " (expected: 1 to " + MAX_PORT + ")");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
        List<String> failures = new ArrayList<>();
        for (InetAddress address : resolve(host, port)) {
            SocketChannel channel = SocketChannel.open();
            try {
                bind(channel, address);
                settings.options().applyTo(channel);
                channel.socket().connect(new InetSocketAddress(address, port), remaining(deadline));
                trace.connected(host, address.getHostAddress());
                trace.unanswered(failures);
                return channel;
            } catch (SocketTimeoutException e) {
                channel.close();
                throw new ClientException(ExitCode.CONNECT_TIMEOUT, "", e);
            } catch (IOException e) {
                channel.close();
                failures.add("failed to connect to " + host + " (" + address.getHostAddress() + "): "
                        + SystemErrors.describe(e));
            }
        }
        throw new TransferException(ExitCode.SOCKET_IO, String.join("\n", failures));
    }

    private int remaining(long deadline) {
        if (settings.timeoutSeconds() == 0) {
            return 0;
        }
        return Math.clamp((deadline - System.nanoTime()) / NANOS_PER_MILLI, 1, Integer.MAX_VALUE);
    }

    private void bind(SocketChannel channel, InetAddress to) throws IOException {
        if (settings.address().isEmpty()) {
            return;
        }
        boolean four = to instanceof Inet4Address;
        for (InetAddress from : InetAddress.getAllByName(settings.address().get())) {
            if (from instanceof Inet4Address == four) {
                channel.bind(new InetSocketAddress(from, 0));
                return;
            }
        }
        throw new IOException("Cannot assign requested address");
    }

    private List<InetAddress> resolve(String host, int port) throws ClientException {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                int family = address instanceof Inet4Address ? 4 : 6;
                if (settings.family() == 0 || settings.family() == family) {
                    addresses.add(address);
                }
            }
        } catch (UnknownHostException e) {
            throw unknown(host, port, "Name or service not known");
        }
        if (addresses.isEmpty()) {
            throw unknown(host, port, "Address family for hostname not supported");
        }
        return addresses;
    }

    private static ClientException unknown(String host, int port, String why) {
        return new ClientException(ExitCode.SOCKET_IO, "rsync: getaddrinfo: " + host + " " + port + ": " + why);
    }
}
