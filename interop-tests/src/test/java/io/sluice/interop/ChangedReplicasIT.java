package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A running mirror whose section gets other replicas (SIGHUP). That those which stay know nothing of it shows in what the
 * mirror says: it synchronizes a replica in full when it begins with it, and never again.
 */
class ChangedReplicasIT {
    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private MirrorBed bed;

    @BeforeEach
    void makeBed() throws IOException {
        bed = new MirrorBed(temporary);
        for (int i = 0; i < 20; i++) {
            Files.writeString(bed.site().resolve("f" + i), "first of " + i);
        }
    }

    @AfterEach
    void close() throws IOException {
        bed.close();
    }

    private void configure(boolean together, int... nodes) throws IOException {
        StringBuilder text = new StringBuilder("max backoff = 300ms\n[site]\npath = " + bed.site() + "\nreplicas =");
        for (int node : nodes) {
            text.append(' ').append(bed.node(node).url("site/"));
        }
        text.append('\n').append(together ? "publish = together\ntogether deadline = 5s\n" : "");
        Files.writeString(temporary.resolve("mirror.conf"), text);
    }

    private void reload(MirrorProcess mirror, int times) throws Exception {
        assertThat(Processes.run(List.of("kill", "-HUP", Long.toString(mirror.pid())), temporary)
                        .exitCode())
                .isZero();
        bed.await("reload " + times, () -> count(mirror, "configuration is read") == times);
    }

    private static long count(MirrorProcess mirror, String... words) throws IOException {
        return mirror.said().stream()
                .filter(line -> Stream.of(words).allMatch(line::contains))
                .count();
    }

    private void awaitFile(int node, String name, String content) throws IOException, InterruptedException {
        Path file = bed.copy(node).resolve(name);
        bed.await(
                name + " at " + node,
                () -> Files.exists(file) && Files.readString(file).equals(content));
    }

    @ParameterizedTest
    @CsvSource({"SLUICE, false", "SLUICE, true", "RSYNC, false", "RSYNC, true"})
    void concernNoReplicaThatStays(Program program, boolean together) throws Exception {
        for (int i = 0; i < 3; i++) {
            bed.startNode(program);
        }
        configure(together, 0, 1);
        try (MirrorProcess mirror = new MirrorProcess(temporary.resolve("mirror.conf"), temporary.resolve("said"))) {
            bed.await("both", () -> count(mirror, "synchronized") == 2);

            bed.node(1).close(); // what changes from now on is dirty for it, and is to be so after the reload
            Files.writeString(bed.site().resolve("f3"), "second of 3");
            awaitFile(0, "f3", "second of 3");
            bed.await("a failure", () -> count(mirror, "retry") + count(mirror, "refused") > 0);
            configure(together, 2, 1);
            reload(mirror, 1);
            bed.await(
                    "the new one",
                    () -> count(mirror, "synchronized", bed.node(2).url("")) == 1);
            awaitFile(2, "f3", "second of 3");
            Files.delete(bed.site().resolve("f4"));
            bed.await("the deletion", () -> !Files.exists(bed.copy(2).resolve("f4")));
            assertThat(bed.copy(1).resolve("f3")).hasContent("first of 3");
            bed.node(1).restart();
            awaitFile(1, "f3", "second of 3");
            bed.await("the deletion", () -> !Files.exists(bed.copy(1).resolve("f4")));
            assertThat(count(mirror, "synchronized", bed.node(1).url(""))).isEqualTo(1);
            assertThat(bed.copy(0).resolve("f4")).as("of the one that left").exists();

            configure(together, 0, 1, 2);
            reload(mirror, 2);
            bed.await(
                    "the one that is back",
                    () -> count(mirror, "synchronized", bed.node(0).url("")) == 2);
            Files.writeString(bed.site().resolve("f5"), "third of 5");
            for (int node = 0; node < 3; node++) {
                awaitFile(node, "f5", "third of 5");
                assertThat(bed.copy(node).resolve("f4")).doesNotExist();
            }
            assertThat(count(mirror, "synchronized")).isEqualTo(4);
        }
    }
}
