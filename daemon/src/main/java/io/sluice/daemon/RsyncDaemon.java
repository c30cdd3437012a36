package io.sluice.daemon;

import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.files.PidFile;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.DaemonIdentity;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.daemon.net.Listener;
import io.sluice.daemon.net.TlsMaterial;
import io.sluice.daemon.service.ServiceSockets;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.delta.Tokens;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
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
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Parts parts;
    private final Listener listener;
    private final Ports ports;
    private final @Nullable PidFile pidFile;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    /** @param own the daemon's own log */
    private record Parts(
            DaemonLog log,
            Log own,
            ConfigurationSource source,
            @Nullable MetricsService metrics) {}

    private RsyncDaemon(Parts parts, Listener listener, Ports ports, @Nullable PidFile pidFile) {
        this.parts = parts;
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
        Ports.Opening opening = new Ports.Opening(settings, configuration, sockets);
        DaemonLog log = new DaemonLog(settings.messages(), Clock.system(ZoneId.systemDefault()), settings.syslog());
        Log own = log.daemon(configuration.listening().log());
        PidFile pidFile = null;
        MetricsService metrics = null;
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
            if (opening.hasMetrics()) {
                metrics = MetricsService.start(opening);
            }
            DaemonEvents events = metrics == null ? DaemonEvents.NONE : metrics.events();
            Listener listener = new Listener(source, log, settings.conversationLimit(), events);
            Ports ports = opening.open(
                    listener, material, metrics == null ? OptionalInt.empty() : OptionalInt.of(metrics.port()));
            if (metrics != null) {
                metrics.watch(listener);
            }
            own.line("rsyncd version " + version() + " starting, listening on port " + ports.plain());
            ports.tls().ifPresent(number -> own.line("listening for TLS on port " + number));
            ports.metrics().ifPresent(number -> own.line("metrics are to be had on port " + number));
            listener.enterRoot(configuration.identity().chroot());
            begin(listener, identity);
            return new RsyncDaemon(new Parts(log, own, source, metrics), listener, ports, pidFile);
        } catch (IOException e) {
            own.line(String.valueOf(e.getMessage()));
            if (pidFile != null) {
                pidFile.close();
            }
            if (metrics != null) {
                metrics.close();
            }
            log.close();
            throw e;
        }
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

    /**
     * Opens those log files anew that were renamed or removed, and reads the configuration if it has changed: what the next connection would do too. Ends
     * connections that are idle.
     */
    public void reload() {
        parts.log.refresh();
        var _ = parts.source.get();
        listener.endIdle();
    }

    /** Logs a line for each connection that there is at this moment, and one that counts them. */
    public void logConnections() {
        List<byte[]> lines = listener.lines();
        parts.own.line("status: " + lines.size() + (lines.size() == 1 ? " connection" : " connections"));
        lines.forEach(parts.own::line);
    }

    /** The port that is listened on. */
    public int port() {
        return ports.plain();
    }

    /** The port that is listened on for TLS, if the configuration has a certificate for it. */
    public OptionalInt tlsPort() {
        return ports.tls();
    }

    /** The port where metrics are to be had, if the configuration says so. */
    public OptionalInt metricsPort() {
        return ports.metrics();
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
            try (DaemonLog _ = parts.log) {
                if (parts.metrics != null) {
                    parts.metrics.close();
                }
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
