package io.sluice.watcher.http;

import java.time.Duration;

/**
 * What peers may take.
 *
 * @param connections at one time
 * @param streams of events among these
 * @param request how long a request may take to arrive
 * @param delivery how long an answer may take to be fetched, and a listener to take what waits for it
 * @param silence after which a listener is told that we are still here
 */
public record Limits(int connections, int streams, Duration request, Duration delivery, Duration silence) {
    public static final Limits DEFAULT =
            new Limits(256, 128, Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(15));
}
