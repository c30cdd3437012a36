package io.sluice.watcher.mirror;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.watcher.monitor.FileMonitor;
import io.sluice.watcher.monitor.MonitorSettings;
import io.sluice.watcher.monitor.MonitorStatistics;
import io.sluice.watcher.monitor.PathFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps replicas equal to a directory: each first in full, then whatever changes, at once.
 *
 * <p>It is level-triggered: an event only marks a path dirty for each replica, and a replica's own thread pushes what is
 * there when it gets to it. So nothing depends on the order of events, what failed is simply dirty again, and a mirror
 * that was killed begins with everything dirty.
 *
 * <pre>{@code
 * Replica web1 = Replica.of("rsync://publisher@web1/www/", PasswordSource.of(secret));
 * try (Mirror mirror = new Mirror(MirrorConfiguration.of(Path.of("/srv/www"), List.of(web1)), listener)) {
 *     mirror.start();
 *     …
 * }
 * }</pre>
 */
public final class Mirror implements AutoCloseable {
    private static final long PLAN_BYTES = 64L << 20;
    private static final int MAX_GROWING = 10_000;

    private final MirrorConfiguration configuration;
    private final MirrorListener listener;
    private final FileMonitor monitor;
    private final Noticed noticed;
    private final SharedEncodings shared = SharedEncodings.withinHeap();
    private final Workers workers;
    private final Marker marker;

    private volatile @Nullable MirrorLocks locks;
    private volatile boolean closing;

    /** A mirror that does nothing until {@link #start}. */
    public Mirror(MirrorConfiguration configuration, MirrorListener listener) {
        this.configuration = configuration;
        this.listener = listener;
        shared.among(configuration.replicas().size());
        byte[] source = configuration.source().toString().getBytes(StandardCharsets.UTF_8);
        Supplier<PathFilter> excludes = () -> new FilterExcludes(source, configuration.filters());
        MonitorSettings settings = MonitorSettings.of(source)
                .withExcludes(excludes.get())
                .withExtras(Set.of(MonitorSettings.Extra.EXCLUDED_FILES))
                .withKind(configuration.monitor())
                .withRescanInterval(configuration.times().poll());
        this.monitor = FileMonitor.of(settings);
        GrowingFiles growing =
                new GrowingFiles(configuration.times().growingLimits(MAX_GROWING), new GrowthCost(source));
        LinkedNames links =
                new LinkedNames(configuration.options().preservation().hardLinks() > 0);
        this.noticed = new Noticed(source, links);
        PushPlanner planner = new PushPlanner(source, growing::holds, links, PLAN_BYTES);
        Function<Replica, Push> push = Pushes.of(configuration, planner, shared, listener);
        this.workers = new Workers(
                configuration.replicas(),
                replica -> worker(replica, push.apply(replica), planner),
                configuration.times().closing());
        this.marker = new Marker(workers, growing, excludes.get(), noticed, shared, listener);
    }

    private ReplicaWorker worker(Replica replica, Push push, PushPlanner planner) {
        ReplicaWorker.Parts parts = new ReplicaWorker.Parts(
                push, planner, SourceGuard.of(monitor), backoff(), backoff(), outage(), new SystemPulse(), listener);
        return new ReplicaWorker(replica, parts, configuration.queueLimits());
    }

    private Outage outage() {
        return new Outage(configuration.times().resyncAfter().toNanos());
    }

    private Backoff backoff() {
        MirrorTimes times = configuration.times();
        return new Backoff(times.firstBackoff(), times.maxBackoff(), RandomGenerator.getDefault());
    }

    /**
     * Begins: returns when every directory is watched and the first synchronisation of each replica is under way. To be
     * called once.
     *
     * @throws IOException if the source cannot be watched, or another mirror has it or one of the replicas; or, unless the
     *     policy is to insist, a replica cannot be reached or refuses: then a {@link TransferException} with rsync's exit code
     */
    public void start() throws IOException {
        MirrorLocks taken = MirrorLocks.take(LockDirectory.of(System.getenv()), configuration);
        try {
            if (!configuration.policy().insist()) {
                StartCheck.run(configuration);
            }
            monitor.start(marker);
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
        locks = taken;
        workers.start();
        marker.start();
    }

    /**
     * Ends the work for all replicas that are not among these; what is under way may be finished, for as long as the times
     * allow. The others know nothing of it.
     */
    public void keepReplicas(List<Replica> replicas) throws IOException {
        workers.keep(replicas);
        shared.among(replicas.size());
        MirrorLocks taken = locks;
        if (taken != null) {
            taken.keep(replicas);
        }
    }

    /**
     * Begins with those of these replicas that it does not have yet, each in full; the others, which are to be among
     * them, know nothing of it. To be called after {@link #start}.
     *
     * @throws IOException if another mirror has one of them: then no one is begun with
     */
    public void addReplicas(List<Replica> replicas) throws IOException {
        MirrorLocks taken = locks;
        if (taken == null || closing) {
            throw new IllegalStateException("mirror: not running (expected: started, and not closed)");
        }
        taken.add(replicas);
        shared.among(replicas.size());
        workers.add(replicas);
    }

    /** How each replica stands, in the order of the configuration. */
    public Map<Replica, ReplicaStatus> statuses() {
        Map<Replica, ReplicaStatus> statuses = new LinkedHashMap<>();
        workers.forEach(worker -> statuses.put(worker.replica(), worker.status()));
        return statuses;
    }

    /** Whether every replica has all that the monitor has told of and that nobody is still writing. */
    public boolean isInSync() {
        for (ReplicaWorker worker : workers) {
            if (!worker.isInSync()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells that a replica may differ in a path, which no event told of: it will be pushed as it is then.
     *
     * @param path relative to the source; empty: the source itself
     * @param subtree whether all below it may differ too
     */
    public void mark(Replica replica, byte[] path, boolean subtree) {
        if (subtree) {
            shared.forgetAll();
        } else {
            shared.forget(path);
        }
        DirtyPath dirty = DirtyPath.of(path);
        for (ReplicaWorker worker : workers) {
            if (worker.replica().equals(replica)) {
                worker.mark(dirty, subtree ? Dirt.SUBTREE : Dirt.SINGLE | Dirt.CONTENT, System.nanoTime());
            }
        }
    }

    /** What the pushes to the replicas have had in common. */
    public SharedEncodings.Figures sharingStatistics() {
        return shared.figures();
    }

    /** The figures of the monitor. */
    public MonitorStatistics monitorStatistics() {
        return monitor.statistics();
    }

    /** Stops watching, pushes what is known to be dirty, for as long as the times allow, and ends. */
    @Override
    public void close() throws IOException {
        if (closing) {
            return;
        }
        closing = true;
        try {
            monitor.close();
            noticed.close();
        } finally {
            workers.close();
            marker.close();
            MirrorLocks taken = locks;
            if (taken != null) {
                taken.close();
            }
        }
    }
}
