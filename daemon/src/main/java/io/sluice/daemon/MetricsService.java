package io.sluice.daemon;

import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.daemon.monitor.Metrics;
import io.sluice.daemon.monitor.MetricsEndpoint;
import io.sluice.daemon.net.Listener;
import java.io.IOException;

/** Metrics and where they are to be had. Their libraries are loaded with this class: only by a daemon that is asked for them. */
final class MetricsService implements AutoCloseable {
    private final Metrics metrics;
    private final MetricsEndpoint endpoint;
    private final int port;

    private MetricsService(Metrics metrics, MetricsEndpoint endpoint, int port) {
        this.metrics = metrics;
        this.endpoint = endpoint;
        this.port = port;
    }

    static MetricsService start(Ports.Opening opening) throws IOException {
        Metrics metrics = new Metrics();
        MetricsEndpoint endpoint = new MetricsEndpoint(metrics);
        return new MetricsService(metrics, endpoint, opening.open(endpoint));
    }

    /** Who hears what becomes of connections. */
    DaemonEvents events() {
        return metrics;
    }

    void watch(Listener listener) {
        metrics.watch("conversation", listener::conversing);
        metrics.watch("transfer", listener::transferring);
        metrics.watch("idle", listener::idle);
        metrics.watch("command", listener::commands);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
