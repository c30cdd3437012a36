package io.sluice.daemon.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what asks the resolver, which may take as long as it likes, above all about a peer who runs the name server that is asked. So each network (an IPv4
 * address, the first half of an IPv6 one) has a few of the threads at most, and its further lookups wait for its own: those of one peer keep no other waiting.
 * Thread-safe.
 */
final class Lookups implements AutoCloseable {
    private static final int THREADS = 64;
    /** At a time for one network. */
    private static final int SHARE = 8;
    /** All together: as many as there are conversations, and some more whose peers have gone meanwhile. */
    private static final int MOST = 20_000;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int NETWORK_BYTES = 8;

    private final Map<Network, Queue> queues = new HashMap<>();
    private final ExecutorService threads = pool();
    private int pending;
    private boolean closed;

    /** Of one network. */
    private static final class Queue {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    /** @param prefix of addresses, a character for each byte */
    private record Network(String prefix) {
        static Network of(InetAddress peer) {
            byte[] address = peer.getAddress();
            byte[] prefix = peer instanceof Inet6Address ? Arrays.copyOf(address, NETWORK_BYTES) : address;
            return new Network(Arrays.toString(prefix));
        }
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                // A resolver cannot be interrupted; the process does not wait for it.
                Thread.ofPlatform().daemon().name("lookup-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Runs {@code work}, which asks about or for {@code peer}, when it is its turn.
     *
     * @throws RejectedExecutionException if there are too many, or the daemon is ending
     */
    synchronized void execute(InetAddress peer, Runnable work) {
        if (closed || pending == MOST) {
            throw new RejectedExecutionException("lookups: " + pending + " (expected: < " + MOST + ")");
        }
        pending++;
        Network network = Network.of(peer);
        Queue queue = queues.computeIfAbsent(network, key -> new Queue());
        if (queue.running == SHARE) {
            queue.waiting.add(work);
        } else {
            queue.running++;
            threads.execute(() -> run(network, work));
        }
    }

    private void run(Network network, Runnable work) {
        try {
            work.run();
        } finally {
            ended(network);
        }
    }

    private synchronized void ended(Network network) {
        pending--;
        Queue queue = queues.get(network);
        if (queue == null || closed) {
            return;
        }
        Runnable next = queue.waiting.poll();
        if (next != null) {
            threads.execute(() -> run(network, next));
        } else if (--queue.running == 0) {
            queues.remove(network);
        }
    }

    /** Begins no more. */
    @Override
    public synchronized void close() {
        closed = true;
        queues.clear();
        threads.shutdownNow();
    }
}
