package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.PushedBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private MirrorBed bed;

    @BeforeEach
    void makeBed() throws IOException {
        bed = new MirrorBed(temporary, PATIENCE);
    }

    @AfterEach
    void close() throws IOException {
        bed.close();
    }

    private void makeSite(int files) throws IOException {
        byte[] content = new byte[3000];
        new Random(1).nextBytes(content);
        for (int i = 0; i < files; i++) {
            Path directory = bed.site().resolve("d" + i / 50 % 20).resolve("e" + i / 1000);
            Files.createDirectories(directory);
            Files.write(directory.resolve("page" + i), content);
        }
    }

    private Mirror startMirror(MirrorTimes times) throws IOException {
        return bed.startMirror(configuration -> configuration.withTimes(times));
    }

    private void assertStartedInFull(int replicas) {
        assertThat(bed.batches()).filteredOn(PushedBatch::isFull).hasSize(replicas);
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void keepsNodesEqualUnderRandomEdits(Program program) throws Exception {
        makeSite(3000);
        bed.startNodes(program, 2);
        Files.writeString(bed.copy(1).resolve("stray"), "not in the source");
        Mirror mirror = startMirror(MirrorTimes.DEFAULT);
        bed.awaitEqual(mirror);
        for (int round = 0; round < 3; round++) {
            Thread one = Thread.ofPlatform().start(new Edits(bed.site(), 10 + round, 1500));
            Thread two = Thread.ofPlatform().start(new Edits(bed.site(), 20 + round, 1500));
            one.join();
            two.join();
            bed.awaitEqual(mirror);
        }
        assertStartedInFull(2);
    }

    /** Half a page must not be seen: while the writer has it open, and might go on at any moment, the node keeps what it had. */
    @Test
    void pushesAFileWhenItIsClosed() throws Exception {
        makeSite(10);
        bed.startNodes(Program.RSYNC, 1);
        Mirror mirror = startMirror(MirrorTimes.DEFAULT.withQuiet(Duration.ofHours(1)));
        bed.awaitEqual(mirror);
        try (OutputStream out = Files.newOutputStream(bed.site().resolve("slow"))) {
            out.write("first half".getBytes(StandardCharsets.UTF_8));
            Files.writeString(bed.site().resolve("other"), "closed");
            bed.await("the other file", () -> Files.exists(bed.copy(0).resolve("other")));
            assertThat(bed.copy(0).resolve("slow")).doesNotExist();
            out.write(", second half".getBytes(StandardCharsets.UTF_8));
        }
        bed.awaitEqual(mirror);
        assertThat(bed.copy(0).resolve("slow")).hasContent("first half, second half");
    }

    /** A log file is open for ever: what has been quiet for a while is pushed as it is then, and again when it changes. */
    @Test
    void pushesAFileThatIsQuiet() throws Exception {
        makeSite(10);
        bed.startNodes(Program.RSYNC, 1);
        Mirror mirror = startMirror(MirrorTimes.DEFAULT.withQuiet(Duration.ofMillis(300)));
        bed.awaitEqual(mirror);
        Path copy = bed.copy(0).resolve("slow");
        try (OutputStream out = Files.newOutputStream(bed.site().resolve("slow"))) {
            out.write("first half".getBytes(StandardCharsets.UTF_8));
            bed.await("the quiet file", () -> Files.exists(copy) && Files.size(copy) > 0);
            assertThat(copy).hasContent("first half");
            out.write(", second half".getBytes(StandardCharsets.UTF_8));
            bed.await(
                    "the file that is quiet again", () -> Files.readString(copy).endsWith("second half"));
        }
        bed.awaitEqual(mirror);
    }

    /** Times are shown, never asserted; that CPU time per edit does not grow with the tree is to be seen in them. */
    @ParameterizedTest
    @CsvSource({"RSYNC, 2000", "RSYNC, 20000", "SLUICE, 2000", "SLUICE, 20000"})
    void showsHowLongAnEditTakesToThreeNodes(Program program, int files) throws Exception {
        makeSite(files);
        bed.startNodes(program, 3);
        Mirror mirror = startMirror(MirrorTimes.DEFAULT);
        bed.awaitEqual(mirror);
        int edits = 300;
        int warmUp = 100;
        double[] millis = new double[edits];
        long cpu = 0;
        for (int i = -warmUp; i < edits; i++) {
            if (i == 0) {
                cpu = cpuNanos();
            }
            String text = "edit " + i;
            Path page = bed.site().resolve("d1/e0/page" + (50 + Math.floorMod(i, 40)));
            Files.writeString(page, text);
            long closed = System.nanoTime();
            awaitText(bed.site().relativize(page), text);
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
        bed.awaitEqual(mirror);
        assertStartedInFull(3);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private void awaitText(Path page, String text) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int node = 0; node < bed.replicas().size(); node++) {
            Path there = bed.copy(node).resolve(page);
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
