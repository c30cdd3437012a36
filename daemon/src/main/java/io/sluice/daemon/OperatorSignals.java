package io.sluice.daemon;

import io.sluice.linux.ServiceManager;
import io.sluice.linux.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What operators tell a daemon's process by signals: SIGHUP to read its files anew, SIGUSR1 to log its connections, SIGTERM to end. They are heard before the
 * daemon says that it runs; what comes earlier than that is done once it does.
 */
final class OperatorSignals {
    /** For a daemon that is asked to end while it starts. */
    private static final int PATIENCE_SECONDS = 5;

    private final ServiceManager manager;
    private final PrintStream err;
    private final CompletableFuture<RsyncDaemon> started = new CompletableFuture<>();

    /** @param err is told what goes wrong at the end */
    OperatorSignals(ServiceManager manager, PrintStream err) {
        this.manager = manager;
        this.err = err;
    }

    /** Starts a daemon. */
    @FunctionalInterface
    interface Start {
        RsyncDaemon run() throws IOException;
    }

    /** From now on signals are heard. */
    void heed() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "daemon-end"));
        Signals.handleInherited(
                "HUP",
                () -> tell(daemon -> {
                    manager.reloading();
                    daemon.reload();
                    ready(daemon);
                }));
        Signals.handle("USR1", () -> tell(RsyncDaemon::logConnections));
    }

    private void tell(Consumer<RsyncDaemon> order) {
        var _ = started.thenAccept(order);
    }

    /** Starts the daemon that they are for. */
    RsyncDaemon starting(Start start) throws IOException {
        boolean failed = true;
        try {
            RsyncDaemon daemon = start.run();
            failed = false;
            started.complete(daemon);
            return daemon;
        } finally {
            if (failed) {
                started.cancel(false);
            }
        }
    }

    /** Tells whoever watches over the process that the daemon runs. */
    void ready(RsyncDaemon daemon) {
        manager.ready("listening on port " + daemon.port());
    }

    /** The process has been told to end, or does because the daemon has, or could not start. */
    private void end() {
        try (RsyncDaemon _ = started.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            manager.stopping();
        } catch (CancellationException | ExecutionException | TimeoutException e) {
            // there is nothing to end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            err.println("sluice daemon: " + e.getMessage());
        }
    }
}
