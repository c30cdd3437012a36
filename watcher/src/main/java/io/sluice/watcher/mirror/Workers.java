package io.sluice.watcher.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The workers of a mirror, one for each replica, each on a thread of its own. Replicas may come and go. Thread-safe. */
final class Workers implements Iterable<ReplicaWorker> {
    private static final Duration ABORTING = Duration.ofSeconds(2);

    private final Function<Replica, ReplicaWorker> maker;
    private final Duration closing;
    private final Map<ReplicaWorker, Thread> threads = new HashMap<>();
    private volatile List<ReplicaWorker> all;
    private volatile boolean held;

    /**
     * Workers that do nothing until {@link #start}.
     *
     * @param closing how long one that is closed may go on with what is under way
     */
    Workers(List<Replica> replicas, Function<Replica, ReplicaWorker> maker, Duration closing) {
        this.maker = maker;
        this.closing = closing;
        this.all = replicas.stream().map(maker).toList();
    }

    synchronized void start() {
        all.forEach(this::run);
    }

    private void run(ReplicaWorker worker) {
        Thread thread = new Thread(worker, "mirror to " + worker.replica().name());
        thread.setDaemon(true);
        threads.put(worker, thread);
        thread.start();
    }

    /** In the order of the replicas; those that come later are not among them. */
    @Override
    public Iterator<ReplicaWorker> iterator() {
        return all.iterator();
    }

    /** Nothing is pushed while the source is not there. */
    synchronized void hold(boolean value) {
        held = value;
        all.forEach(worker -> worker.hold(value));
    }

    /** Begins with those of these replicas that it does not have, each in full, and puts all in this order. */
    synchronized void add(List<Replica> replicas) {
        Map<Replica, ReplicaWorker> known = new HashMap<>();
        all.forEach(worker -> known.put(worker.replica(), worker));
        List<ReplicaWorker> more = new ArrayList<>();
        List<ReplicaWorker> next = new ArrayList<>();
        for (Replica replica : replicas) {
            ReplicaWorker worker = known.get(replica);
            if (worker == null) {
                worker = maker.apply(replica);
                worker.hold(held);
                more.add(worker);
            }
            next.add(worker);
        }
        all = List.copyOf(next); // before they begin: what is told from now on reaches them
        more.forEach(this::run);
    }

    /** Ends those of all other replicas; returns when they have. */
    synchronized void keep(Collection<Replica> replicas) {
        List<ReplicaWorker> leaving = new ArrayList<>(all);
        leaving.removeIf(worker -> replicas.contains(worker.replica()));
        all = all.stream().filter(worker -> !leaving.contains(worker)).toList();
        end(leaving);
    }

    /** Ends all. */
    synchronized void close() {
        end(all);
    }

    private void end(List<ReplicaWorker> leaving) {
        leaving.forEach(ReplicaWorker::close);
        await(leaving, closing);
        leaving.forEach(ReplicaWorker::abort); // also of one that has ended: nobody is to wait for it
        await(leaving, ABORTING);
        threads.keySet().removeAll(leaving);
    }

    private void await(List<ReplicaWorker> leaving, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (ReplicaWorker worker : leaving) {
                Thread thread = threads.get(worker);
                if (thread != null) {
                    thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
