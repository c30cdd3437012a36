package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.Publishing;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.monitor.MonitorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Renames in the source. The files are random bytes, so that their content cannot travel as less than it is; the original
 * has no option for renames, and shows that the trees come out equal without it.
 */
class RenamedInMirrorIT {
    private static final int BIG = 3_000_000;
    private static final long LITTLE = 2000;
    /** More than go in one session. */
    private static final int MANY = 5500;

    private static final int SMALL = 1000;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private MirrorBed bed;

    @BeforeEach
    void makeBed() throws IOException {
        bed = new MirrorBed(temporary);
    }

    @AfterEach
    void close() throws IOException {
        bed.close();
    }

    private void makeFile(String name, int seed, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        Path file = bed.site().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private void makeMany(String directory) throws IOException {
        for (int i = 0; i < MANY; i++) {
            makeFile(directory + "/" + i % 7 + "/f" + i, i, SMALL + i % 500);
        }
    }

    private long literal() {
        return bed.batches().stream().mapToLong(PushedBatch::bytes).sum();
    }

    private String batches() {
        return bed.batches().stream()
                .map(batch -> batch.paths().size() + " paths with " + batch.bytes() + " bytes")
                .toList()
                .toString();
    }

    private Mirror startMirror(MonitorKind monitor) throws IOException {
        assumeTrue(monitor != MonitorKind.FANOTIFY || "root".equals(System.getProperty("user.name")));
        Mirror mirror = bed.startMirror(configuration -> configuration.withMonitor(monitor));
        assertThat(mirror.monitorStatistics().kind()).isEqualTo(monitor);
        return mirror;
    }

    private void assertCost(Program program, long content) {
        assertThat(bed.failures()).isEmpty();
        if (program == Program.SLUICE) {
            assertThat(literal()).as(batches()).isLessThan(LITTLE);
        } else {
            assertThat(literal()).isGreaterThanOrEqualTo(content);
        }
    }

    @ParameterizedTest
    @CsvSource({"SLUICE, false", "SLUICE, true", "RSYNC, false", "RSYNC, true"})
    void costNoContentAtAReplicaOfOurs(Program program, boolean together) throws Exception {
        bed.startNodes(program, 1);
        makeFile("old/a/one", 1, BIG);
        makeFile("old/two", 2, BIG);
        makeFile("three", 3, BIG);
        Files.writeString(bed.site().resolve("small"), "not renamed");
        Mirror mirror = bed.startMirror(
                configuration -> configuration.withPublishing(together ? Publishing.TOGETHER : Publishing.INDEPENDENT));
        bed.awaitEqual(mirror);
        assertThat(literal()).isGreaterThan(3L * BIG);
        bed.batches().clear();
        Files.move(bed.site().resolve("old"), bed.site().resolve("new"));
        bed.awaitEqual(mirror);
        Files.move(bed.site().resolve("three"), bed.site().resolve("new/drei"));
        Files.writeString(bed.site().resolve("small"), "changed");
        bed.awaitEqual(mirror);
        assertCost(program, 3L * BIG);
    }

    /** Each by itself, while slices of those before are on their way, and out of a directory that is gone in the end. */
    @ParameterizedTest
    @CsvSource({"SLUICE, INOTIFY", "SLUICE, FANOTIFY", "RSYNC, INOTIFY"})
    void ofThousandsOfFilesCostNoContent(Program program, MonitorKind monitor) throws Exception {
        bed.startNodes(program, 1);
        makeMany("old");
        for (int i = 0;
                i < 5;
                i++) { // made beforehand: from a directory that is not watched yet, no events tell what came there
            Files.createDirectories(bed.site().resolve("new/" + i));
        }
        Mirror mirror = startMirror(monitor);
        bed.awaitEqual(mirror);
        bed.batches().clear();
        for (int i = 0; i < MANY; i++) {
            Files.move(bed.site().resolve("old/" + i % 7 + "/f" + i), bed.site().resolve("new/" + i % 5 + "/g" + i));
        }
        for (int i = 0; i < 7; i++) {
            Files.delete(bed.site().resolve("old/" + i));
        }
        Files.delete(bed.site().resolve("old"));
        bed.awaitEqual(mirror);
        assertCost(program, (long) MANY * SMALL);
    }

    /** Back and forth, and while something else changes all the time. */
    @EachMonitor
    void ofALargeDirectoryCostNoContent(MonitorKind monitor) throws Exception {
        bed.startNodes(Program.SLUICE, 1);
        makeMany("a/site");
        Files.createDirectories(bed.site().resolve("b"));
        Mirror mirror = startMirror(monitor);
        bed.awaitEqual(mirror);
        bed.batches().clear();
        String[] places = {"a/site", "b/site", "b/c", "b/site", "a/site", "d"};
        for (int i = 1; i < places.length; i++) {
            Files.writeString(bed.site().resolve("counter"), "" + i);
            Files.move(bed.site().resolve(places[i - 1]), bed.site().resolve(places[i]));
            Files.writeString(bed.site().resolve("counter"), "now " + i);
            if (i != 2) {
                bed.awaitEqual(mirror);
            }
        }
        assertCost(Program.SLUICE, 0);
    }

    /** More than goes in one plan: what is only renamed does not count. */
    @Test
    void ofFilesThatAreTooLargeForOnePlanCostNoContent() throws Exception {
        bed.startNodes(Program.SLUICE, 1);
        for (int i = 0; i < 5; i++) {
            makeFile("old/" + i, i, 20 << 20);
        }
        Files.createDirectory(bed.site().resolve("new"));
        Mirror mirror = startMirror(MonitorKind.INOTIFY);
        bed.awaitEqual(mirror);
        bed.batches().clear();
        for (int i = 0; i < 5; i++) {
            Files.move(bed.site().resolve("old/" + i), bed.site().resolve("new/" + i));
        }
        bed.awaitEqual(mirror);
        assertCost(Program.SLUICE, 0);
    }
}
