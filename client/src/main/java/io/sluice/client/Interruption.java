package io.sluice.client;

import io.sluice.protocol.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens on SIGINT, SIGTERM or SIGHUP: the transfer is broken off so that it removes its temporary files, and the process ends with rsync's
 * exit code for signals.
 */
final class Interruption {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final Thread hook;

    private Interruption(Transfers client, Runnable tell) {
        hook = Thread.ofPlatform().name("interruption").unstarted(() -> interrupt(client, tell));
    }

    /** Begins to watch; {@code tell} says that a signal came. */
    static Interruption arm(Transfers client, Runnable tell) {
        Interruption interruption = new Interruption(client, tell);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt(Transfers client, Runnable tell) {
        underWay.set(true);
        client.abort();
        try {
            boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (inTime) {
                tell.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.SIGNAL.value());
    }

    /** The transfer has ended, by itself or because a signal broke it off. */
    void disarm() {
        if (!underWay.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                underWay.set(true);
            }
        }
        ended.countDown();
    }
}
