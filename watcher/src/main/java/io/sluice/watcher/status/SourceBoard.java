package io.sluice.watcher.status;

import io.sluice.watcher.http.Feed;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.mirror.ReplicaStatus;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.MonitorKind;
import io.sluice.watcher.monitor.MonitorStatistics;
import io.sluice.watcher.monitor.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is known of one source: it listens to the mirror, asks it how it stands, and remembers the last minutes. Thread-safe. */
public final class SourceBoard implements MirrorListener {
    private static final int MAX_EVENTS = 65_536;
    private static final long MAX_EVENT_BYTES = 8L << 20;
    private static final MonitorStatistics NO_FIGURES = new MonitorStatistics(MonitorKind.AUTO, "", 0, 0, 0, 0);

    private final String name;
    private final String path;
    private final Clock clock;
    private final EventRing events;
    private final Map<Replica, Remembered> replicas = new LinkedHashMap<>();
    private final Troubles troubles = new Troubles();
    private boolean watching;
    private Supplier<Map<Replica, ReplicaStatus>> statuses = Map::of;
    private Supplier<MonitorStatistics> figures = () -> NO_FIGURES;

    SourceBoard(String name, String path, List<Replica> replicas, String run, Clock clock) {
        this.name = name;
        this.path = path;
        this.clock = clock;
        this.events = new EventRing(run, MAX_EVENTS, MAX_EVENT_BYTES);
        replicas.forEach(replica -> this.replicas.put(replica, new Remembered()));
    }

    /** What only its past tells of a replica. */
    private static final class Remembered {
        private final History history = new History();
        private ReplicaView.Totals totals = ReplicaView.Totals.NONE;
        private Optional<ReplicaView.PastError> lastError = Optional.empty();
        private boolean synchronizedOnce;
    }

    /** The mirror has started: from now on it is asked how it stands. */
    public void watching(Mirror mirror) {
        watching(mirror::statuses, mirror::monitorStatistics);
    }

    synchronized void watching(
            Supplier<Map<Replica, ReplicaStatus>> newStatuses, Supplier<MonitorStatistics> newFigures) {
        statuses = newStatuses;
        figures = newFigures;
        watching = true;
    }

    /** From now on these replicas are shown, in this order; those that were before with their past. */
    public synchronized void replicas(Collection<Replica> shown) {
        Map<Replica, Remembered> known = new HashMap<>(replicas);
        replicas.clear();
        for (Replica replica : shown) {
            Remembered past = known.get(replica);
            replicas.put(replica, past == null ? new Remembered() : past);
        }
    }

    /** Whoever listens is to ask anew. */
    void end() {
        events.end();
    }

    String name() {
        return name;
    }

    /** The events of this source. */
    Feed feed(EventLines lines) {
        return events.feed(lines);
    }

    @Override
    public void changed(Change change) {
        events.add(change);
    }

    @Override
    public void trouble(Trouble told) {
        events.add(told);
        synchronized (this) {
            troubles.add(told, clock.millis());
        }
    }

    private Remembered remembered(Replica replica) {
        return replicas.computeIfAbsent(replica, key -> new Remembered());
    }

    @Override
    public synchronized void pushed(Replica replica, PushedBatch batch) {
        Remembered known = remembered(replica);
        known.synchronizedOnce |= batch.isFull();
        long changes = batch.isFull() ? batch.files() : batch.paths().size();
        ReplicaView.Totals old = known.totals;
        known.totals = new ReplicaView.Totals(
                old.pushes() + 1,
                old.changes() + changes,
                old.files() + batch.files(),
                old.bytes() + batch.bytes(),
                old.failures());
        known.history.pushed(clock.millis(), changes, batch.bytes(), batch.millisSinceFirstEvent());
    }

    @Override
    public synchronized void failed(Replica replica, String error, Duration retryIn) {
        Remembered known = remembered(replica);
        ReplicaView.Totals old = known.totals;
        known.totals =
                new ReplicaView.Totals(old.pushes(), old.changes(), old.files(), old.bytes(), old.failures() + 1);
        known.lastError = Optional.of(new ReplicaView.PastError(error, clock.millis()));
        known.history.failed(clock.millis());
    }

    /** Notes how far each replica is behind; to be called about once a second. */
    void look() {
        long now = clock.millis();
        Map<Replica, ReplicaStatus> standing = standing();
        synchronized (this) {
            standing.forEach((replica, status) -> {
                Remembered known = replicas.get(replica);
                if (known != null) { // else it went while we asked
                    known.history.lags(now, status.lag().toMillis());
                }
            });
        }
    }

    /** Asked without our lock: a worker that tells us something may hold its own. */
    private Map<Replica, ReplicaStatus> standing() {
        Supplier<Map<Replica, ReplicaStatus>> asked;
        synchronized (this) {
            asked = statuses;
        }
        return asked.get();
    }

    SourceView view() {
        Map<Replica, ReplicaStatus> standing = standing();
        Supplier<MonitorStatistics> asked;
        synchronized (this) {
            asked = figures;
        }
        MonitorStatistics monitor = asked.get();
        synchronized (this) {
            List<ReplicaView> views = new ArrayList<>();
            replicas.forEach((replica, known) -> {
                if (!watching || standing.containsKey(replica)) { // else it has left, and its worker does not know yet
                    views.add(view(replica, known, standing));
                }
            });
            return new SourceView(name, path, watching, monitor, troubles.now(monitor, clock.millis()), views);
        }
    }

    private ReplicaView view(Replica replica, Remembered known, Map<Replica, ReplicaStatus> standing) {
        ReplicaStatus unknown =
                new ReplicaStatus(ReplicaStatus.State.SYNCHRONIZING, 0, Duration.ZERO, 0, Optional.empty());
        return new ReplicaView(
                replica.name(),
                standing.getOrDefault(replica, unknown),
                known.synchronizedOnce,
                known.totals,
                known.history.buckets(clock.millis()),
                known.lastError);
    }
}
