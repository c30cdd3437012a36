package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PasswordSource;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A mirror with web nodes of both programs. A pass is not vacuous: the source is edited after the first synchronisation,
 * and whole trees are compared, with all that a transfer carries over.
 */
class MirrorIT {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(180);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String MODULE = """
            [site]
            path = @HOME@/site
            read only = no
            munge symlinks = no
            auth users = web1user
            secrets file = @HOME@/secrets
            """;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<DaemonProcess> nodes = new ArrayList<>();
    private final Queue<PushedBatch> batches = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private Path site() {
        return temporary.resolve("site");
    }

    private Path copy(int node) {
        return temporary.resolve("node" + node).resolve("site");
    }

    private void makeSite(int files) throws IOException {
        byte[] content = new byte[3000];
        new Random(1).nextBytes(content);
        for (int i = 0; i < files; i++) {
            Path directory = site().resolve("d" + i / 50 % 20).resolve("e" + i / 1000);
            Files.createDirectories(directory);
            Files.write(directory.resolve("page" + i), content);
        }
    }

    private void startNode(Program program) throws IOException {
        Path home = temporary.resolve("node" + nodes.size());
        Files.createDirectories(home.resolve("site"));
        DaemonProcess node = DaemonProcess.start(program, home, MODULE);
        open.add(node);
        nodes.add(node);
    }

    private Mirror startMirror(MirrorTimes times) throws IOException {
        List<Replica> replicas = new ArrayList<>();
        nodes.forEach(node -> replicas.add(Replica.of(node.url("site/"), PasswordSource.of(Processes.PASSWORD))));
        MirrorListener listener = new MirrorListener() {
            @Override
            public void pushed(Replica replica, PushedBatch batch) {
                batches.add(batch);
            }
        };
        Mirror mirror = new Mirror(MirrorConfiguration.of(site(), replicas).withTimes(times), listener);
        open.add(mirror);
        mirror.start();
        return mirror;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Waits until nothing more is told, and compares; what arrives between two looks is waited for again. */
    private void awaitEqual(Mirror mirror, int... which) throws IOException {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            Map<String, String> source = TreeSnapshot.of(site());
            boolean late = System.nanoTime() - end > 0;
            boolean equal = true;
            for (int node : which) {
                Map<String, String> found = late || mirror.isInSync() ? snapshot(copy(node)) : Map.of();
                equal &= found.equals(source);
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

    /** Shows the entries that differ, not all. */
    private static void assertSame(String what, Map<String, String> source, Map<String, String> found) {
        Map<String, String> missing = new TreeMap<>(source);
        missing.entrySet().removeAll(found.entrySet());
        Map<String, String> wrong = new TreeMap<>(found);
        wrong.entrySet().removeAll(source.entrySet());
        assertThat(wrong).as(what).isEqualTo(missing);
    }

    private static Map<String, String> snapshot(Path root) {
        try {
            return TreeSnapshot.of(root);
        } catch (IOException e) {
            return Map.of("", e.toString()); // it changed while it was read
        }
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void keepsNodesEqualUnderRandomEdits(Program program) throws Exception {
        makeSite(3000);
        startNode(program);
        startNode(program);
        Files.writeString(copy(1).resolve("stray"), "not in the source");
        Mirror mirror = startMirror(MirrorTimes.DEFAULT);
        awaitEqual(mirror, 0, 1);
        for (int round = 0; round < 3; round++) {
            Thread one = Thread.ofPlatform().start(new Edits(site(), 10 + round, 1500));
            Thread two = Thread.ofPlatform().start(new Edits(site(), 20 + round, 1500));
            one.join();
            two.join();
            awaitEqual(mirror, 0, 1);
        }
        assertThat(batches).filteredOn(PushedBatch::isFull).hasSize(2);
    }

    /** Half a page must not be seen: while the writer has it open, and might go on at any moment, the node keeps what it had. */
    @Test
    void pushesAFileWhenItIsClosed() throws Exception {
        makeSite(10);
        startNode(Program.RSYNC);
        Mirror mirror = startMirror(MirrorTimes.DEFAULT.withQuiet(Duration.ofHours(1)));
        awaitEqual(mirror, 0);
        try (OutputStream out = Files.newOutputStream(site().resolve("slow"))) {
            out.write("first half".getBytes(StandardCharsets.UTF_8));
            Files.writeString(site().resolve("other"), "closed");
            await("the other file", () -> Files.exists(copy(0).resolve("other")));
            assertThat(copy(0).resolve("slow")).doesNotExist();
            out.write(", second half".getBytes(StandardCharsets.UTF_8));
        }
        awaitEqual(mirror, 0);
        assertThat(copy(0).resolve("slow")).hasContent("first half, second half");
    }

    /** A log file is open for ever: what has been quiet for a while is pushed as it is then, and again when it changes. */
    @Test
    void pushesAFileThatIsQuiet() throws Exception {
        makeSite(10);
        startNode(Program.RSYNC);
        Mirror mirror = startMirror(MirrorTimes.DEFAULT.withQuiet(Duration.ofMillis(300)));
        awaitEqual(mirror, 0);
        Path copy = copy(0).resolve("slow");
        try (OutputStream out = Files.newOutputStream(site().resolve("slow"))) {
            out.write("first half".getBytes(StandardCharsets.UTF_8));
            await("the quiet file", () -> Files.exists(copy) && Files.size(copy) > 0);
            assertThat(copy).hasContent("first half");
            out.write(", second half".getBytes(StandardCharsets.UTF_8));
            await("the file that is quiet again", () -> Files.readString(copy).endsWith("second half"));
        }
        awaitEqual(mirror, 0);
    }

    /** Times are shown, never asserted; that CPU time per edit does not grow with the tree is to be seen in them. */
    @ParameterizedTest
    @CsvSource({"RSYNC, 2000", "RSYNC, 20000", "SLUICE, 2000", "SLUICE, 20000"})
    void showsHowLongAnEditTakesToThreeNodes(Program program, int files) throws Exception {
        makeSite(files);
        startNode(program);
        startNode(program);
        startNode(program);
        Mirror mirror = startMirror(MirrorTimes.DEFAULT);
        awaitEqual(mirror, 0, 1, 2);
        int edits = 300;
        int warmUp = 100;
        double[] millis = new double[edits];
        long cpu = 0;
        for (int i = -warmUp; i < edits; i++) {
            if (i == 0) {
                cpu = cpuNanos();
            }
            String text = "edit " + i;
            Path page = site().resolve("d1/e0/page" + (50 + Math.floorMod(i, 40)));
            Files.writeString(page, text);
            long closed = System.nanoTime();
            awaitText(site().relativize(page), text);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - closed) / 1e6;
            }
        }
        double cpuMillis = (cpuNanos() - cpu) / 1e6 / edits;
        Arrays.sort(millis);
        System.out.printf(
                "mirror to three nodes of %s, %d files: close to visible on all p50 %.1f ms, p99 %.1f ms, max %.1f ms;"
                        + " CPU of mirror and test per edit %.1f ms%n",
                program, files, millis[edits / 2], millis[edits * 99 / 100], millis[edits - 1], cpuMillis);
        awaitEqual(mirror, 0, 1, 2);
        assertThat(batches).filteredOn(PushedBatch::isFull).hasSize(3);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private void awaitText(Path page, String text) throws IOException {
        long end = System.nanoTime() + DEADLINE_NANOS;
        for (int node = 0; node < nodes.size(); node++) {
            Path there = copy(node).resolve(page);
            while (Files.size(there) != text.length()
                    || !Files.readString(there).equals(text)) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("not in time: " + there);
                }
                LockSupport.parkNanos(300_000);
            }
        }
    }

    /** What a CMS and its users do to a site, at random and without order. */
    private record Edits(Path site, long seed, int count) implements Runnable {
        @Override
        public void run() {
            Random random = new Random(seed);
            int failed = 0;
            for (int i = 0; i < count; i++) {
                try {
                    edit(random, i);
                } catch (IOException | UncheckedIOException e) {
                    failed++; // the other one was faster, or there is no such place
                }
            }
            assertThat(failed).isLessThan(count);
        }

        private void edit(Random random, int number) throws IOException {
            Path path = place(random);
            switch (random.nextInt(12)) {
                case 0, 1 -> Files.createDirectories(path);
                case 2, 3, 4, 5 -> {
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, "text " + number + " " + random.nextLong());
                }
                case 6 -> Files.createSymbolicLink(path, Path.of("target" + number));
                case 7 -> removeAll(path);
                case 8 -> Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x--x"));
                case 9 -> Files.move(site.resolve("d" + random.nextInt(20)), place(random));
                default -> Files.move(path, place(random));
            }
        }

        private Path place(Random random) {
            Path path = random.nextBoolean() ? site : site.resolve("d" + random.nextInt(20));
            int depth = 1 + random.nextInt(3);
            for (int i = 0; i < depth; i++) {
                path = path.resolve("n" + random.nextInt(6));
            }
            return path;
        }

        private static void removeAll(Path top) throws IOException {
            List<Path> all;
            try (Stream<Path> paths = Files.walk(top)) {
                all = paths.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        }
    }
}
