package io.sluice.daemon;

import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.MetricsRules;
import io.sluice.daemon.config.TlsRules;
import io.sluice.daemon.monitor.MetricsEndpoint;
import io.sluice.daemon.net.Listener;
import io.sluice.daemon.net.TlsMaterial;
import io.sluice.daemon.service.ServiceSockets;
import io.sluice.daemon.service.ServiceSockets.Use;
import io.sluice.linux.InheritedListener;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * The ports that a daemon listens on: those of sockets that it was given, else those that its configuration asks for.
 *
 * @param plain for the rsync protocol
 * @param tls for it by TLS
 * @param metrics for HTTP
 */
record Ports(int plain, OptionalInt tls, OptionalInt metrics) {
    private static final int DEFAULT_PORT = 873;

    /** Opens them, one kind after the other. */
    static final class Opening {
        private final DaemonSettings settings;
        private final DaemonConfiguration configuration;
        private final ServiceSockets sockets;

        Opening(DaemonSettings settings, DaemonConfiguration configuration, ServiceSockets sockets) {
            this.settings = settings;
            this.configuration = configuration;
            this.sockets = sockets;
        }

        /** Whether anybody asked for metrics. */
        boolean hasMetrics() {
            return configuration.metrics().isPresent()
                    || !sockets.of(Use.METRICS).isEmpty();
        }

        /** Listens for the rsync protocol, and for TLS if there is anything to do it with. */
        Ports open(Listener listener, Optional<TlsMaterial> material, OptionalInt metrics) throws IOException {
            InetSocketAddress address = address();
            OptionalInt tls = OptionalInt.empty();
            if (material.isPresent()) {
                InetSocketAddress secure = tlsAddress(configuration.tls().orElseThrow(), address);
                List<InheritedListener> given = sockets.of(Use.TLS);
                tls = OptionalInt.of(
                        given.isEmpty()
                                ? listener.listen(secure, material.get())
                                : all(given, socket -> listener.listen(socket, material)));
            }
            List<InheritedListener> given = sockets.of(Use.PLAIN);
            int plain = given.isEmpty()
                    ? listener.listen(address)
                    : all(given, socket -> listener.listen(socket, Optional.empty()));
            return new Ports(plain, tls, metrics);
        }

        /** Listens for whoever wants metrics; the port. */
        int open(MetricsEndpoint endpoint) throws IOException {
            List<InheritedListener> given = sockets.of(Use.METRICS);
            if (!given.isEmpty()) {
                return all(given, endpoint::listen);
            }
            MetricsRules rules = configuration.metrics().orElseThrow();
            return endpoint.listen(resolved(rules.host(), rules.port()));
        }

        /** Listens on each; the port of the first. */
        private static int all(List<InheritedListener> sockets, ToIntFunction<InheritedListener> listen) {
            return sockets.stream().map(listen::applyAsInt).toList().getFirst();
        }

        private InetSocketAddress address() throws TransferException {
            int configured = configuration.listening().port() == 0
                    ? DEFAULT_PORT
                    : configuration.listening().port();
            int port = settings.port().orElse(configured);
            String host =
                    settings.address().isEmpty() ? configuration.listening().address() : settings.address();
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
                        ExitCode.SOCKET_IO,
                        "rsync: getaddrinfo: bind address " + host + ": Name or service not known",
                        e);
            }
        }
    }
}
