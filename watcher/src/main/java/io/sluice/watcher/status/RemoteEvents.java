package io.sluice.watcher.status;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Listens to a source somewhere, and comes back by itself when the connection ends, to go on after the last event. */
final class RemoteEvents {
    private static final int OK = 200;
    private static final int FIRST_PAUSE = 500;
    private static final int LONGEST_PAUSE = 30_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** The other side says something every 15 seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final URI address;
    private final Optional<String> token;
    private final Consumer<String> troubles;
    private final Duration patience;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private String lastId = "";
    private int pause = FIRST_PAUSE;

    /** @param troubles is told, in words, why there is nothing to hear at the moment */
    RemoteEvents(URI address, Optional<String> token, Consumer<String> troubles) {
        this(address, token, troubles, PATIENCE);
    }

    /** @param patience with a connection, and then with the beginning of an answer */
    RemoteEvents(URI address, Optional<String> token, Consumer<String> troubles, Duration patience) {
        this.address = address;
        this.token = token;
        this.troubles = troubles;
        this.patience = patience;
    }

    /** That coming back would not help. */
    static final class RefusedException extends IOException {
        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Listens.
     *
     * @param listener gets the data of each event; false: it wants no more
     * @throws RefusedException if the other side will never tell
     */
    void listen(Predicate<String> listener) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(patience).build()) {
            while (hear(client, listener)) {
                int jittered = random.nextInt(pause / 2, pause + 1);
                pause = Math.min(LONGEST_PAUSE, pause * 2);
                Thread.sleep(jittered);
            }
            client.shutdownNow();
        }
    }

    /** Whether to come back. */
    private boolean hear(HttpClient client, Predicate<String> listener) throws RefusedException, InterruptedException {
        HttpRequest.Builder asked =
                HttpRequest.newBuilder(address).timeout(patience).header("Accept", "text/event-stream");
        token.ifPresent(text -> asked.header("Authorization", "Bearer " + text));
        if (!lastId.isEmpty()) {
            asked.header("Last-Event-ID", lastId);
        }
        try {
            HttpResponse<InputStream> answer = client.send(asked.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                check(answer.statusCode(), body);
                if (!tell(body, listener)) {
                    return false;
                }
            }
            troubles.accept(address + ": the other side ended the stream; coming back");
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            troubles.accept(address + ": " + (e.getMessage() == null ? "cannot be reached" : e.getMessage())
                    + "; trying again");
        }
        return true;
    }

    private static void check(int status, InputStream body) throws IOException {
        if (status != OK) {
            String words = new String(body.readNBytes(1000), StandardCharsets.UTF_8)
                    .strip()
                    .replaceAll("\\p{Cc}", "?");
            throw status < 500 ? new RefusedException(words) : new IOException(words);
        }
    }

    /** Whether the listener wants more. */
    private boolean tell(InputStream body, Predicate<String> listener) throws IOException {
        AtomicLong heardAt = new AtomicLong(System.nanoTime());
        try (ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("watch silence").daemon().factory())) {
            var _ = watchdog.scheduleAtFixedRate(() -> endIfSilent(body, heardAt), 1, 1, TimeUnit.SECONDS);
            try {
                EventStreamReader reader = new EventStreamReader(new Noting(body, heardAt));
                for (var event = reader.next(); event.isPresent(); event = reader.next()) {
                    lastId = event.get().id().isEmpty() ? lastId : event.get().id();
                    pause = FIRST_PAUSE;
                    if (!listener.test(event.get().data())) {
                        return false;
                    }
                }
                return true;
            } finally {
                watchdog.shutdownNow();
            }
        }
    }

    private static void endIfSilent(InputStream body, AtomicLong heardAt) {
        if (System.nanoTime() - heardAt.get() > SILENCE.toNanos()) {
            try {
                body.close();
            } catch (IOException e) {
                heardAt.set(System.nanoTime()); // it is tried again
            }
        }
    }

    /** Notes when something came. */
    private static final class Noting extends FilterInputStream {
        private final AtomicLong at;

        Noting(InputStream in, AtomicLong at) {
            super(in);
            this.at = at;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            at.set(System.nanoTime());
            return count;
        }
    }
}
