package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.client.PasswordSource;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.MonitorKind;
import io.sluice.watcher.monitor.Trouble;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A source, nodes with a daemon each, and a mirror between them. */
final class MirrorBed implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    static final String MODULE = """
            [site]
            path = @HOME@/site
            read only = no
            munge symlinks = no
            auth users = web1user
            secrets file = @HOME@/secrets
            """;

    private final Path home;
    private final long patienceNanos;
    private final List<DaemonProcess> nodes = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
    private volatile Consumer<Change> onChange = change -> {};
    private final Queue<Duration> pauses = new ConcurrentLinkedQueue<>();
    private final Queue<PushedBatch> batches = new ConcurrentLinkedQueue<>();

    MirrorBed(Path home) throws IOException {
        this(home, PATIENCE);
    }

    /** @param patience that it has with whatever it waits for */
    MirrorBed(Path home, Duration patience) throws IOException {
        this.home = home;
        this.patienceNanos = patience.toNanos();
        Files.createDirectories(site());
    }

    Path site() {
        return home.resolve("source");
    }

    Path copy(int node) {
        return home.resolve("node" + node).resolve("site");
    }

    DaemonProcess node(int number) {
        return nodes.get(number);
    }

    /** What went wrong so far, in words. */
    Queue<String> failures() {
        return failures;
    }

    /** What was told of the watching so far. */
    Queue<Trouble> troubles() {
        return troubles;
    }

    /** Is told each change by the monitor's thread, which waits for it. */
    void onChange(Consumer<Change> value) {
        onChange = value;
    }

    /** Times until the next attempt, of all failures so far. */
    Queue<Duration> pauses() {
        return pauses;
    }

    /** What was pushed so far. */
    Queue<PushedBatch> batches() {
        return batches;
    }

    void startNodes(Program program, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            DaemonProcess node = startNode(program);
            addReplica(node.url("site/"));
        }
    }

    DaemonProcess startNode(Program program) throws IOException {
        return startNode(program, "");
    }

    /** @param parameters more of them for its module */
    DaemonProcess startNode(Program program, String parameters) throws IOException {
        Path place = home.resolve("node" + nodes.size());
        Files.createDirectories(place.resolve("site"));
        DaemonProcess node = DaemonProcess.start(program, place, MODULE + parameters);
        open.add(node::close);
        nodes.add(node);
        return node;
    }

    /** One of each program. */
    void startBothNodes() throws IOException {
        startNodes(Program.SLUICE, 1);
        startNodes(Program.RSYNC, 1);
    }

    /** Makes a node a replica by way of a proxy that can stall. */
    StallingProxy addStallingReplica(DaemonProcess node) throws IOException {
        StallingProxy proxy = new StallingProxy(node.port());
        open.add(proxy::close);
        addReplica("rsync://web1user@127.0.0.1:" + proxy.port() + "/site/");
        return proxy;
    }

    void addReplica(String url) {
        replicas.add(Replica.of(url, PasswordSource.of(Processes.PASSWORD)));
    }

    Mirror startMirror(UnaryOperator<MirrorConfiguration> settings) throws IOException {
        MirrorListener listener = new MirrorListener() {
            @Override
            public void failed(Replica replica, String error, Duration retryIn) {
                failures.add(error);
                pauses.add(retryIn);
            }

            @Override
            public void changed(Change change) {
                onChange.accept(change);
            }

            @Override
            public void trouble(Trouble trouble) {
                troubles.add(trouble);
            }

            @Override
            public void pushed(Replica replica, PushedBatch batch) {
                batches.add(batch);
            }
        };
        Mirror mirror = new Mirror(settings.apply(MirrorConfiguration.of(site(), replicas)), listener);
        open.add(mirror::close);
        mirror.start();
        return mirror;
    }

    /** Starts one that watches by this means; a test ends here where there is no fanotify. */
    Mirror startMirror(MonitorKind kind, UnaryOperator<MirrorConfiguration> settings) throws IOException {
        Mirror mirror = startMirror(configuration -> settings.apply(configuration.withMonitor(kind)));
        MonitorKind means = mirror.monitorStatistics().kind();
        assumeTrue(means == kind || kind != MonitorKind.FANOTIFY, "fanotify needs root, and ext4, XFS or tmpfs");
        assertThat(means).isEqualTo(kind);
        return mirror;
    }

    /** Something that comes true. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + patienceNanos;
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in time: " + what + " " + failures + " " + troubles);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Waits until a node has what the source has, whatever the others have. */
    void awaitCopy(int node) throws IOException, InterruptedException {
        await("node " + node, () -> snapshot(copy(node)).equals(TreeSnapshot.of(site())));
    }

    List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    /** Waits until the mirror has nothing to do, and all nodes have what the source has. */
    void awaitEqual(Mirror mirror) throws IOException, InterruptedException {
        long end = System.nanoTime() + patienceNanos;
        while (true) {
            boolean late = System.nanoTime() - end > 0;
            boolean equal = late || mirror.isInSync();
            for (int node = 0; equal && node < nodes.size(); node++) {
                Map<String, String> source = TreeSnapshot.of(site());
                Map<String, String> found = snapshot(copy(node));
                equal = found.equals(source);
                if (late) {
                    assertSame("node " + node + " " + mirror.statuses(), source, found);
                }
            }
            if (equal) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private static Map<String, String> snapshot(Path root) {
        try {
            return TreeSnapshot.of(root);
        } catch (IOException e) {
            return Map.of("", e.toString()); // it changed while it was read
        }
    }

    /** Shows the entries that differ, not all. */
    private static void assertSame(String what, Map<String, String> source, Map<String, String> found) {
        Map<String, String> missing = new TreeMap<>(source);
        missing.entrySet().removeAll(found.entrySet());
        Map<String, String> wrong = new TreeMap<>(found);
        wrong.entrySet().removeAll(source.entrySet());
        assertThat(wrong).as(what).isEqualTo(missing);
    }

    @Override
    public void close() throws IOException {
        for (Closeable closeable : open.reversed()) {
            closeable.close();
        }
    }
}
