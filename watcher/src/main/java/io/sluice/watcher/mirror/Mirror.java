package io.sluice.watcher.mirror;

import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import io.sluice.watcher.monitor.ChangeListener;
import io.sluice.watcher.monitor.FileMonitor;
import io.sluice.watcher.monitor.MonitorSettings;
import io.sluice.watcher.monitor.MonitorStatistics;
import io.sluice.watcher.monitor.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

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
    private static final int MAX_DIRTY = 100_000;
    private static final int MAX_GROWING = 100_000;
    private static final Duration ABORTING = Duration.ofSeconds(2);

    private final MirrorConfiguration configuration;
    private final MirrorListener listener;
    private final FileMonitor monitor;
    private final GrowingFiles growing;
    private final List<ReplicaWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Pulse quietPulse = new SystemPulse();
    private volatile boolean closing;

    /** A mirror that does nothing until {@link #start}. */
    public Mirror(MirrorConfiguration configuration, MirrorListener listener) {
        this(configuration, listener, replica -> new ClientPush(configuration, replica));
    }

    Mirror(MirrorConfiguration configuration, MirrorListener listener, Function<Replica, Push> pushes) {
        this.configuration = configuration;
        this.listener = listener;
        byte[] source = configuration.source().toString().getBytes(StandardCharsets.UTF_8);
        MonitorSettings settings =
                MonitorSettings.of(source).withExcludes(new FilterExcludes(source, configuration.filters()));
        this.monitor = FileMonitor.of(settings);
        this.growing =
                new GrowingFiles(MAX_GROWING, configuration.times().quiet().toNanos());
        PushPlanner planner = new PushPlanner(source, growing::contains);
        for (Replica replica : configuration.replicas()) {
            ReplicaWorker.Parts parts = new ReplicaWorker.Parts(
                    pushes.apply(replica), planner, backoff(), backoff(), new SystemPulse(), listener);
            workers.add(new ReplicaWorker(replica, parts, configuration.times().settle(), MAX_DIRTY));
        }
    }

    private Backoff backoff() {
        MirrorTimes times = configuration.times();
        return new Backoff(times.firstBackoff(), times.maxBackoff(), RandomGenerator.getDefault());
    }

    /**
     * Begins: returns when every directory is watched and the first synchronisation of each replica is under way. To be
     * called once.
     *
     * @throws IOException if the source cannot be watched
     */
    public void start() throws IOException {
        monitor.start(new Marker());
        for (ReplicaWorker worker : workers) {
            run(worker, "mirror to " + worker.replica().name());
        }
        run(this::pushQuietFiles, "mirror quiet files");
    }

    private void run(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** How each replica stands, in the order of the configuration. */
    public Map<Replica, ReplicaStatus> statuses() {
        Map<Replica, ReplicaStatus> statuses = new LinkedHashMap<>();
        workers.forEach(worker -> statuses.put(worker.replica(), worker.status()));
        return statuses;
    }

    /** Whether every replica has all that the monitor has told of and that nobody is still writing. */
    public boolean isInSync() {
        return workers.stream().allMatch(ReplicaWorker::isInSync);
    }

    /** The figures of the monitor. */
    public MonitorStatistics monitorStatistics() {
        return monitor.statistics();
    }

    /** Marks what the monitor tells. */
    private final class Marker implements ChangeListener {
        @Override
        public void changed(Change change) {
            long now = System.nanoTime();
            boolean content = change.is(ChangeKind.CONTENT_COMPLETE) || change.is(ChangeKind.REMOVED);
            if (change.is(ChangeKind.CONTENT_GROWING)) {
                growing.grows(change.path(), now);
                quietPulse.wake();
                return;
            }
            if (content) {
                growing.completed(change.path());
            }
            boolean movedAway = change.directory() && change.is(ChangeKind.REMOVED);
            mark(change.path(), movedAway || change.is(ChangeKind.SUBTREE), now);
        }

        @Override
        public void trouble(Trouble trouble) {
            switch (trouble.kind()) {
                case ROOT_GONE -> workers.forEach(worker -> worker.hold(true));
                case ROOT_BACK -> workers.forEach(worker -> worker.hold(false));
                default -> {}
            }
            listener.trouble(trouble);
        }
    }

    private void mark(byte[] path, boolean subtree, long now) {
        for (ReplicaWorker worker : workers) {
            worker.mark(path, subtree, now);
        }
    }

    private void pushQuietFiles() {
        try {
            while (!closing) {
                long now = quietPulse.now();
                for (byte[] path : growing.takeQuiet(now)) {
                    mark(path, false, now);
                }
                quietPulse.sleep(growing.nextQuiet(now).orElse(Pulse.FOREVER));
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
        } finally {
            quietPulse.wake();
            workers.forEach(ReplicaWorker::close);
            if (!awaitThreads(configuration.times().closing())) {
                workers.forEach(ReplicaWorker::abort);
                awaitThreads(ABORTING);
            }
        }
    }

    private boolean awaitThreads(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : threads) {
                long millis = Math.max(1, (end - System.nanoTime()) / 1_000_000);
                thread.join(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
