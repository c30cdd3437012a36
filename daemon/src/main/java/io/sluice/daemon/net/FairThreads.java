package io.sluice.daemon.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for what a peer makes the daemon do that may take long, such as to ask a resolver, which may be the peer's own, or to compute for TLS. Each network (an
 * IPv4 address, the first half of an IPv6 one) has a few of the threads at most, and its further work waits for its own: that of one peer keeps no other waiting.
 * Thread-safe.
 */
final class FairThreads implements AutoCloseable {
    /** All together: as many as there are conversations, and some more whose peers have gone meanwhile. */
    private static final int MOST = 20_000;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int NETWORK_BYTES = 8;

    private static final Logger LOGGER = LoggerFactory.getLogger(FairThreads.class);

    private final Map<Network, Share> shares = new HashMap<>();
    /** Those within their network's share for which there is no thread. */
    private final Deque<Task> ready = new ArrayDeque<>();

    private final ExecutorService threads;
    private final int most;
    private final int share;
    private int busy;
    private int pending;
    private boolean closed;

    /** What one network has. */
    private static final class Share {
        private final Deque<Task> waiting = new ArrayDeque<>();
        private int taken;
    }

    private record Task(Network network, Runnable work) {}

    /** @param prefix of addresses, in digits */
    private record Network(String prefix) {
        static Network of(InetAddress peer) {
            byte[] address = peer.getAddress();
            byte[] prefix = peer instanceof Inet6Address ? Arrays.copyOf(address, NETWORK_BYTES) : address;
            return new Network(Arrays.toString(prefix));
        }
    }

    /**
     * @param name of the threads
     * @param most threads there are
     * @param share of them for one network
     */
    FairThreads(String name, int most, int share) {
        this.most = most;
        this.share = share;
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // it is "busy" that bounds them: one that has just ended its last work may not be
                // idle yet
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                // A resolver cannot be interrupted; the process does not wait for it.
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /**
     * Runs {@code work}, which is for {@code peer}, when it is its turn.
     *
     * @throws RejectedExecutionException if there are too many, or the daemon is ending
     */
    synchronized void execute(InetAddress peer, Runnable work) {
        if (closed || pending == MOST) {
            throw new RejectedExecutionException("work for peers: " + pending + " (expected: < " + MOST + ")");
        }
        pending++;
        Task task = new Task(Network.of(peer), work);
        Share own = shares.computeIfAbsent(task.network, key -> new Share());
        if (own.taken == share) {
            own.waiting.add(task);
            return;
        }
        own.taken++;
        if (busy == most) {
            ready.add(task);
        } else {
            begin(task, own);
        }
    }

    /** The machine may have no thread for it: then it is refused, and takes nobody's place. */
    private void begin(Task task, Share own) {
        try {
            threads.execute(() -> run(task));
            busy++;
        } catch (OutOfMemoryError e) {
            own.taken--;
            pending--;
            throw new RejectedExecutionException("no thread for the work of a peer", e);
        }
    }

    private void run(Task first) {
        Optional<Task> next = Optional.of(first);
        while (next.isPresent()) {
            try {
                next.get().work.run();
            } catch (RuntimeException | Error e) {
                LOGGER.error("work for a peer failed", e);
            }
            next = ended(next.get().network);
        }
    }

    /** Gives the turn to the network's next, and the thread to whoever is ready for longest. */
    private synchronized Optional<Task> ended(Network network) {
        pending--;
        if (!closed) {
            Share own = Objects.requireNonNull(shares.get(network));
            Task next = own.waiting.poll();
            if (next != null) {
                ready.add(next);
            } else if (--own.taken == 0) {
                shares.remove(network);
            }
        }
        Optional<Task> turn = Optional.ofNullable(ready.poll());
        if (turn.isEmpty()) {
            busy--;
        }
        return turn;
    }

    /** Begins no more. */
    @Override
    public synchronized void close() {
        closed = true;
        shares.clear();
        ready.clear();
        threads.shutdownNow();
    }
}
