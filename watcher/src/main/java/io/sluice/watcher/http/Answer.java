package io.sluice.watcher.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a request is answered with. */
public sealed interface Answer {
    /**
     * An answer that is there as a whole.
     *
     * @param status of HTTP
     * @param type of the content
     * @param body not to be modified
     * @param headers besides those that every answer has
     */
    record Whole(int status, String type, byte[] body, Map<String, String> headers) implements Answer {
        public Whole {
            headers = Map.copyOf(headers);
        }

        /** The same with one header more. */
        public Whole with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Whole(status, type, body, more);
        }
    }

    /**
     * A stream of server-sent events, for as long as the asker listens.
     *
     * @param feed where they come from
     * @param lastEventId where to go on
     */
    record Events(Feed feed, Optional<String> lastEventId) implements Answer {}

    /** Text in UTF-8. */
    static Whole text(int status, String type, String body) {
        return new Whole(status, type + "; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A line for people. */
    static Whole plain(int status, String line) {
        return text(status, "text/plain", line + "\n");
    }
}
