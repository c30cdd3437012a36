package io.sluice.watcher.status;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code text/event-stream}, as far as we write it: an id and a line of data. Lines are bounded. */
final class EventStreamReader {
    private static final int MAX_LINE = 1 << 20;

    private final InputStream in;
    private final StringBuilder octets = new StringBuilder();
    private String id = "";

    EventStreamReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * An event.
     *
     * @param id to go on after; empty: as before
     */
    record Event(String id, String data) {}

    /** The next event; empty at the end. */
    Optional<Event> next() throws IOException {
        @Nullable String data = null;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty() && data != null) {
                return Optional.of(new Event(id, data));
            }
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return Optional.empty();
    }

    private @Nullable String line() throws IOException {
        octets.setLength(0);
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return new String(octets.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
            if (octets.length() == MAX_LINE) {
                throw new IOException("line of an event: more than " + MAX_LINE + " bytes");
            }
            octets.append((char) octet);
        }
        return null;
    }
}
