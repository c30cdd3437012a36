package io.sluice.watcher.status;

import io.sluice.watcher.http.HttpServer;
import io.sluice.watcher.http.Limits;
import io.sluice.watcher.http.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells over HTTP what a board knows. Its libraries are loaded with this class: only by a mirror that is asked for it. */
public final class StatusService implements AutoCloseable {
    private final HttpServer server;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("status looks").daemon().factory());
    private ListenAddress address;

    private StatusService(HttpServer server, ListenAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had
     */
    public static StatusService start(StatusBoard board, StatusRules rules) throws IOException {
        InetSocketAddress wanted = rules.address().resolve();
        StatusMetrics metrics = new StatusMetrics(board);
        HttpServer server =
                new HttpServer(new StatusSite(board, ZoneId.systemDefault(), metrics::text), Limits.DEFAULT);
        StatusService service = new StatusService(server, rules.address());
        try {
            int port = server.listen(wanted, rules.token()).getPort();
            service.address = new ListenAddress(rules.address().host(), port);
        } catch (IOException e) {
            service.close();
            throw new IOException("status address: " + e.getMessage(), e);
        }
        var _ = service.looks.scheduleAtFixedRate(board::look, 1, 1, TimeUnit.SECONDS);
        return service;
    }

    /** Where it listens, with the port. */
    public ListenAddress address() {
        return address;
    }

    @Override
    public void close() {
        looks.shutdownNow();
        server.close();
    }
}
