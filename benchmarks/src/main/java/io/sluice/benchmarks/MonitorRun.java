package io.sluice.benchmarks;

import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeListener;
import io.sluice.watcher.monitor.FileMonitor;
import io.sluice.watcher.monitor.MonitorKind;
import io.sluice.watcher.monitor.MonitorSettings;
import io.sluice.watcher.monitor.MonitorStatistics;
import io.sluice.watcher.monitor.Trouble;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** Measures one means of watching, in this process. */
final class MonitorRun {
    static final List<String> HEADINGS = List.of(
            "kind",
            "directories",
            "ready-first-ms",
            "ready-median-ms",
            "ready-cpu-ms",
            "heap-B/directory",
            "changes/s",
            "cpu-us/change",
            "outside/s",
            "cpu-us/outside",
            "overflows");

    /** In one burst: what fits into the kernel's queue. */
    private static final int BURST = 7_000;

    private static final int BURSTS = 20;
    private static final long SEED = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String MARKER = "marker";

    private final MonitorKind kind;
    private final Path tree;
    private final List<Path> directories;
    private final Path outside;

    /** @param cpuMicros of the monitor's thread for a change; each file of a burst is made and removed, which is two */
    private record Speed(double perSecond, double cpuMicros) {}

    MonitorRun(MonitorKind kind, Path tree, List<Path> directories, Path outside) {
        this.kind = kind;
        this.tree = tree;
        this.directories = directories;
        this.outside = outside;
    }

    List<String> measure(int runs) throws IOException, InterruptedException {
        double[] ready = new double[runs];
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (int run = 0; run < runs; run++) {
            ready[run] = start();
        }
        double readyCpu = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / runs;
        double first = ready[0];
        Arrays.sort(ready);
        Files.createDirectories(outside);
        long before = heap();
        try (FileMonitor monitor = monitor()) {
            Gate gate = new Gate();
            monitor.start(gate);
            long heap = heap() - before;
            Speed inside = bursts(gate, directories);
            Speed elsewhere = kind == MonitorKind.FANOTIFY ? bursts(gate, List.of(outside)) : new Speed(0, 0);
            MonitorStatistics statistics = monitor.statistics();
            if (statistics.kind() != kind) {
                throw new IOException(kind.text() + ": " + statistics.why() + " (expected: to be allowed)");
            }
            return List.of(
                    kind.text(),
                    String.valueOf(directories.size()),
                    number(first),
                    number(ready[runs / 2]),
                    number(readyCpu),
                    number((double) heap / directories.size()),
                    String.valueOf(Math.round(inside.perSecond)),
                    number(inside.cpuMicros),
                    String.valueOf(Math.round(elsewhere.perSecond)),
                    number(elsewhere.cpuMicros),
                    String.valueOf(statistics.overflows()));
        }
    }

    private FileMonitor monitor() {
        MonitorSettings settings = MonitorSettings.of(tree.toString().getBytes(StandardCharsets.UTF_8));
        return FileMonitor.of(settings.withKind(kind));
    }

    /** Milliseconds from nothing to a tree that is watched. */
    private double start() throws IOException {
        long begun = System.nanoTime();
        try (FileMonitor monitor = monitor()) {
            monitor.start(change -> {});
            return (System.nanoTime() - begun) / 1e6;
        }
    }

    /** Files made and closed at random places, whose events wait for the monitor; how many it goes through in a second. */
    private Speed bursts(Gate gate, List<Path> places) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(SEED);
        long nanos = 0;
        long cpu = monitorCpu();
        for (int burst = 0; burst < BURSTS; burst++) {
            gate.close();
            Files.delete(Files.createFile(tree.resolve("first")));
            gate.awaitVisitor();
            Path[] made = new Path[BURST];
            for (int number = 0; number < BURST; number++) {
                Path place = places.get(random.nextInt(places.size()));
                made[number] = Files.createFile(place.resolve("new-" + burst + "-" + number));
            }
            Files.createFile(tree.resolve(MARKER));
            long begun = System.nanoTime();
            gate.open();
            gate.awaitMarker();
            nanos += System.nanoTime() - begun;
            Files.delete(tree.resolve(MARKER));
            for (Path file : made) {
                Files.delete(file);
            }
        }
        double changes = (double) BURST * BURSTS;
        return new Speed(changes / (nanos / 1e9), (monitorCpu() - cpu) / 1e3 / (2 * changes));
    }

    /** Nanoseconds that the monitor's thread has had of a processor. */
    private static long monitorCpu() {
        return Arrays.stream(THREADS.dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().startsWith("monitor "))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50); // what is freed by other threads
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Keeps the monitor's thread from reading on. */
    private static final class Gate implements ChangeListener {
        private static final byte[] NAME = MARKER.getBytes(StandardCharsets.US_ASCII);

        private volatile CountDownLatch opened = new CountDownLatch(0);
        private volatile CountDownLatch visitor = new CountDownLatch(0);
        private volatile CountDownLatch marker = new CountDownLatch(0);

        void close() {
            visitor = new CountDownLatch(1);
            marker = new CountDownLatch(1);
            opened = new CountDownLatch(1);
        }

        void awaitVisitor() throws InterruptedException {
            visitor.await();
        }

        void open() {
            opened.countDown();
        }

        void awaitMarker() throws InterruptedException {
            marker.await();
        }

        @Override
        public void changed(Change change) {
            visitor.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (Arrays.equals(change.path(), NAME)) {
                marker.countDown();
            }
        }

        @Override
        public void trouble(Trouble trouble) {
            System.err.println(trouble.message());
        }
    }
}
