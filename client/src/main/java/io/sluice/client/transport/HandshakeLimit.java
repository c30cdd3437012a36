package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long a handshake may take.
 *
 * @param connectSeconds {@code --contimeout}; 0: no such limit
 * @param quietSeconds {@code --timeout}, which holds if there is no other; 0: no such limit
 */
record HandshakeLimit(int connectSeconds, int quietSeconds) {
    /** Begins to watch: {@code link} is closed once the time is over. */
    Watch watch(Link link) {
        int seconds = connectSeconds > 0 ? connectSeconds : quietSeconds;
        Watch watch = new Watch(this);
        if (seconds > 0) {
            Thread.ofPlatform().daemon().name("handshake-limit").start(() -> watch.await(seconds, link));
        }
        return watch;
    }

    /** One handshake that is under way, until it is closed. */
    static final class Watch implements AutoCloseable {
        private final HandshakeLimit limit;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean passed;

        private Watch(HandshakeLimit limit) {
            this.limit = limit;
        }

        private void await(int seconds, Link link) {
            try {
                if (!over.await(seconds, TimeUnit.SECONDS)) {
                    passed = true;
                    link.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // It is gone then, which was the aim.
            }
        }

        /** Throws what rsync says of such a limit if it was why {@code failure} came. */
        void throwIfPassed(IOException failure) throws TransferException {
            if (!passed) {
                return;
            }
            if (limit.connectSeconds > 0) {
                throw new ClientException(ExitCode.CONNECT_TIMEOUT, "", failure);
            }
            String text = "io timeout after " + limit.quietSeconds + " seconds -- exiting";
            throw new TransferException(ExitCode.TIMEOUT, text, failure);
        }

        @Override
        public void close() {
            over.countDown();
        }
    }
}
