package io.sluice.watcher.mirror;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import io.sluice.watcher.monitor.ChangeListener;
import io.sluice.watcher.monitor.FileMonitor;
import io.sluice.watcher.monitor.MonitorSettings;
import io.sluice.watcher.monitor.MonitorStatistics;
import io.sluice.watcher.monitor.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    private static final long ENDING_MILLIS = 2000;

    private final MirrorConfiguration configuration;
    private final MirrorListener listener;
    private final FileMonitor monitor;
    private final GrowingFiles growing;
    private final Noticed noticed;
    private final SharedEncodings shared = SharedEncodings.withinHeap();
    private final Workers workers;
    private final Pulse quietPulse = new SystemPulse();
    /** Looks after files that stay open. */
    private final Thread opened =
            Thread.ofPlatform().daemon().name("mirror open files").unstarted(this::pushOpenFiles);

    private volatile @Nullable MirrorLocks locks;
    private volatile boolean closing;

    /** A mirror that does nothing until {@link #start}. */
    public Mirror(MirrorConfiguration configuration, MirrorListener listener) {
        this.configuration = configuration;
        this.listener = listener;
        shared.among(configuration.replicas().size());
        byte[] source = configuration.source().toString().getBytes(StandardCharsets.UTF_8);
        MonitorSettings settings = MonitorSettings.of(source)
                .withExcludes(new FilterExcludes(source, configuration.filters()))
                .withKind(configuration.monitor())
                .withRescanInterval(configuration.times().poll());
        this.monitor = FileMonitor.of(settings);
        this.growing = new GrowingFiles(configuration.times().growingLimits(MAX_GROWING), new GrowthCost(source));
        LinkedNames links =
                new LinkedNames(configuration.options().preservation().hardLinks() > 0);
        this.noticed = new Noticed(source, links);
        PushPlanner planner = new PushPlanner(source, growing::holds, links, PLAN_BYTES);
        Function<Replica, Push> push = Pushes.of(configuration, planner, shared, listener);
        this.workers = new Workers(
                configuration.replicas(),
                replica -> worker(replica, push.apply(replica), planner),
                configuration.times().closing());
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
            monitor.start(new Marker());
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
        locks = taken;
        workers.start();
        opened.start();
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
        forget(path, subtree);
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

    /** Marks what the monitor tells. */
    private final class Marker implements ChangeListener {
        @Override
        public void changed(Change change) {
            listener.changed(change);
            forget(change);
            long now = System.nanoTime();
            boolean content = change.is(ChangeKind.CONTENT_COMPLETE) || change.is(ChangeKind.REMOVED);
            if (change.is(ChangeKind.CONTENT_GROWING)) {
                noticed.grows(change.path());
                if (growing.grows(change.path(), now)) {
                    quietPulse.wake();
                }
                return;
            }
            boolean grew = content && growing.completed(change.path());
            int dirt = noticed.dirt(change, grew);
            Optional<byte[]> from = change.movedFrom().filter(old -> !growing.holds(old));
            if (from.isPresent()) {
                markRenamed(Rename.of(from.get(), change.path(), change.directory()), now);
            } else {
                mark(change.path(), dirt, now);
            }
        }

        @Override
        public void trouble(Trouble trouble) {
            switch (trouble.kind()) {
                case ROOT_GONE -> workers.hold(true);
                case ROOT_BACK -> workers.hold(false);
                default -> {}
            }
            listener.trouble(trouble);
        }
    }

    /** Before anything is marked: who pushes it is to get it as it is now. */
    private void forget(Change change) {
        boolean moved = change.movedFrom().isPresent();
        boolean subtree =
                change.is(ChangeKind.SUBTREE) || (change.directory() && (moved || change.is(ChangeKind.REMOVED)));
        forget(change.path(), subtree);
        change.movedFrom().ifPresent(from -> forget(from, false));
    }

    private void forget(byte[] path, boolean subtree) {
        if (subtree) {
            shared.forgetAll();
        } else {
            shared.forget(path);
        }
    }

    private void mark(byte[] name, int dirt, long now) {
        DirtyPath path = DirtyPath.of(name);
        for (ReplicaWorker worker : workers) {
            worker.mark(path, dirt, now);
        }
    }

    private void markRenamed(Rename rename, long now) {
        for (ReplicaWorker worker : workers) {
            worker.markRenamed(rename, now);
        }
    }

    private void pushOpenFiles() {
        try {
            while (!closing) {
                long now = quietPulse.now();
                for (byte[] path : growing.takeDue(now)) {
                    mark(path, Dirt.SINGLE | Dirt.CONTENT, now);
                }
                quietPulse.sleep(growing.nextDue(now).orElse(Pulse.FOREVER));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            quietPulse.wake();
            workers.close();
            awaitOpened();
            MirrorLocks taken = locks;
            if (taken != null) {
                taken.close();
            }
        }
    }

    private void awaitOpened() {
        try {
            opened.join(ENDING_MILLIS); // at once if it was never started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
