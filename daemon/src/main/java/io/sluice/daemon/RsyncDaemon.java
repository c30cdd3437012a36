package io.sluice.daemon;

import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.TlsRules;
import io.sluice.daemon.files.PidFile;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.DaemonIdentity;
import io.sluice.daemon.net.Listener;
import io.sluice.daemon.net.TlsMaterial;
import io.sluice.daemon.service.ServiceSockets;
import io.sluice.daemon.service.ServiceSockets.Use;
import io.sluice.linux.InheritedListener;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.delta.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An rsync daemon that runs in this process.
 *
 * <pre>{@code
 * try (RsyncDaemon daemon = RsyncDaemon.start(DaemonSettings.of(Path.of("/etc/rsyncd.conf")))) {
 *     daemon.awaitClose();
 * }
 * }</pre>
 */
public final class RsyncDaemon implements AutoCloseable {
    private static final int DEFAULT_PORT = 873;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DaemonLog log;
    private final ConfigurationSource source;
    private final Listener listener;
    private final Ports ports;
    private final @Nullable PidFile pidFile;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    private record Ports(int plain, OptionalInt tls) {}

    private RsyncDaemon(
            DaemonLog log, ConfigurationSource source, Listener listener, Ports ports, @Nullable PidFile pidFile) {
        this.log = log;
        this.source = source;
        this.listener = listener;
        this.ports = ports;
        this.pidFile = pidFile;
    }

    /**
     * Reads the configuration and begins to listen.
     *
     * @throws io.sluice.protocol.config.ConfigurationException if the configuration makes no sense
     * @throws TransferException with code 10 if the address is taken, 11 if another daemon has the pid file
     */
    public static RsyncDaemon start(DaemonSettings settings) throws IOException {
        return start(settings, ServiceSockets.NONE);
    }

    /** The same with sockets that are open already, instead of those that the configuration asks for. */
    static RsyncDaemon start(DaemonSettings settings, ServiceSockets sockets) throws IOException {
        ConfigurationSource.Start start = ConfigurationSource.Start.read(settings);
        DaemonConfiguration configuration = start.configuration();
        InetSocketAddress address = address(settings, configuration);
        DaemonLog log = new DaemonLog(settings.messages(), Clock.system(ZoneId.systemDefault()), settings.syslog());
        Log own = log.daemon(configuration.listening().log());
        PidFile pidFile = null;
        try {
            String pidPath = configuration.listening().pidFile();
            pidFile = pidPath.isEmpty()
                    ? null
                    : PidFile.create(pidPath, ProcessHandle.current().pid());
            configuration.warnings().forEach(own::line);
            if (configuration.proxy().required()
                    && configuration.proxy().hosts().isEmpty()) {
                own.warning(
                        "\"proxy protocol = true\" but \"proxy protocol hosts\" is unset: all connections will be rejected"
                                + " as untrusted proxy peers.  Set \"proxy protocol hosts\" to your trusted proxy's address.");
            }
            Tokens.loadLibraries();
            DaemonIdentity identity = DaemonIdentity.of(configuration.identity());
            ConfigurationSource source = new ConfigurationSource(settings, start, own);
            Optional<TlsMaterial> material = configuration.tls().isPresent()
                    ? Optional.of(new TlsMaterial(configuration.tls().get(), own))
                    : Optional.empty();
            Listener listener = new Listener(source, log, settings.conversationLimit());
            OptionalInt tlsPort = OptionalInt.empty();
            if (material.isPresent()) {
                InetSocketAddress secure = tlsAddress(configuration.tls().get(), address);
                List<InheritedListener> given = sockets.of(Use.TLS);
                tlsPort = OptionalInt.of(
                        given.isEmpty()
                                ? listener.listen(secure, material.get())
                                : all(given, socket -> listener.listen(socket, material)));
            }
            List<InheritedListener> given = sockets.of(Use.PLAIN);
            int port = given.isEmpty()
                    ? listener.listen(address)
                    : all(given, socket -> listener.listen(socket, Optional.empty()));
            own.line("rsyncd version " + version() + " starting, listening on port " + port);
            if (tlsPort.isPresent()) {
                own.line("listening for TLS on port " + tlsPort.getAsInt());
            }
            listener.enterRoot(configuration.identity().chroot());
            begin(listener, identity);
            return new RsyncDaemon(log, source, listener, new Ports(port, tlsPort), pidFile);
        } catch (IOException e) {
            own.line(String.valueOf(e.getMessage()));
            if (pidFile != null) {
                pidFile.close();
            }
            log.close();
            throw e;
        }
    }

    /** Listens on each; the port of the first. */
    private static int all(List<InheritedListener> sockets, ToIntFunction<InheritedListener> listen) {
        return sockets.stream().map(listen::applyAsInt).toList().getFirst();
    }

    /** Gives up what only root may before the first peer is heard. */
    private static void begin(Listener listener, DaemonIdentity identity) throws IOException {
        try {
            identity.assume();
            listener.accept();
        } catch (IOException e) {
            try {
                listener.close(Duration.ZERO);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }

    /** As log lines and messages tell it. */
    static String version() {
        String version = RsyncDaemon.class.getPackage().getImplementationVersion();
        return version == null ? "sluice" : version;
    }

    private static InetSocketAddress address(DaemonSettings settings, DaemonConfiguration configuration)
            throws TransferException {
        int configured = configuration.listening().port() == 0
                ? DEFAULT_PORT
                : configuration.listening().port();
        int port = settings.port().orElse(configured);
        String host = settings.address().isEmpty() ? configuration.listening().address() : settings.address();
        return host.isEmpty() ? new InetSocketAddress(port) : resolved(host, port);
    }

    /** By itself, TLS is to be had where the plain port is. */
    private static InetSocketAddress tlsAddress(TlsRules rules, InetSocketAddress plain) throws TransferException {
        return rules.address().isEmpty()
                ? new InetSocketAddress(plain.getAddress(), rules.port())
                : resolved(rules.address(), rules.port());
    }

    private static InetSocketAddress resolved(String host, int port) throws TransferException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new TransferException(
                    ExitCode.SOCKET_IO, "rsync: getaddrinfo: bind address " + host + ": Name or service not known", e);
        }
    }

    /** Opens those log files anew that were renamed or removed, and reads the configuration if it has changed: what the next connection would do too. */
    public void reload() {
        log.refresh();
        var _ = source.get();
    }

    /** The port that is listened on. */
    public int port() {
        return ports.plain;
    }

    /** The port that is listened on for TLS, if the configuration has a certificate for it. */
    public OptionalInt tlsPort() {
        return ports.tls;
    }

    /** Number of connections that are served at this moment. */
    public int connections() {
        return listener.connections();
    }

    /** Waits until {@link #close} is done. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Accepts no more connections, gives those that transfer 5 seconds to end, and cuts the others. A second time waits for the first. */
    @Override
    public void close() throws IOException {
        if (!begin()) {
            return;
        }
        try {
            listener.close(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try (log) {
                if (pidFile != null) {
                    pidFile.close();
                }
            } finally {
                closed.countDown();
            }
        }
    }

    private synchronized boolean begin() {
        boolean first = !closing;
        closing = true;
        return first;
    }
}
