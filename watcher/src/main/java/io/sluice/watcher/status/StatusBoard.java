package io.sluice.watcher.status;

import io.sluice.watcher.mirror.Replica;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All sources and how they stand. Thread-safe. */
public final class StatusBoard {
    private final String host;
    private final Clock clock;
    private final String run;
    private int count;
    private final Map<String, SourceBoard> sources = new LinkedHashMap<>();

    /**
     * An empty board.
     *
     * @param host this machine's name, for people
     */
    public StatusBoard(String host, Clock clock) {
        this.host = host;
        this.clock = clock;
        this.run = Long.toHexString(clock.millis());
    }

    /**
     * Adds a source, or begins one of that name anew.
     *
     * @param path of its directory
     * @param replicas in the order in which to show them
     */
    public synchronized SourceBoard add(String name, String path, List<Replica> replicas) {
        SourceBoard source = new SourceBoard(name, path, replicas, run + "." + count++, clock);
        end(sources.put(name, source));
        return source;
    }

    /** Shows a source no longer. */
    public synchronized void remove(String name) {
        end(sources.remove(name));
    }

    private static void end(@Nullable SourceBoard replaced) {
        if (replaced != null) {
            replaced.end();
        }
    }

    synchronized List<SourceBoard> sources() {
        return new ArrayList<>(sources.values());
    }

    synchronized Optional<SourceBoard> source(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    BoardView view() {
        return new BoardView(
                host, clock.instant(), sources().stream().map(SourceBoard::view).toList());
    }

    void look() {
        sources().forEach(SourceBoard::look);
    }
}
