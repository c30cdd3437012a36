package io.sluice.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.filter.FilterList;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.monitor.MonitorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that have an excluded name and another one, and are changed under the excluded one, of which alone the kernel tells: the nodes get
 * the change by the other name. Nothing is sent, or deleted, by the excluded one: each node has a file of its own there.
 */
@NeedsRsync
class ExcludedNamesIT {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);
    private static final MirrorTimes QUICK =
            MirrorTimes.DEFAULT.withQuiet(Duration.ofMillis(200)).withGrowing(Duration.ofMillis(500));

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

    private Path at(String path) {
        return bed.site().resolve(path);
    }

    private Mirror start(MonitorKind kind, int hardLinks) throws IOException, InterruptedException {
        Files.createDirectories(at("dir"));
        Files.writeString(at("page"), "one", UTF_8);
        Files.setLastModifiedTime(at("page"), LONG_AGO);
        Files.createLink(at("dir/page.tmp"), at("page"));
        bed.startBothNodes();
        for (int node = 0; node < 2; node++) {
            Files.createDirectories(bed.copy(node).resolve("dir"));
            Files.writeString(bed.copy(node).resolve("dir/page.tmp"), "of node " + node);
        }
        FilterList filters = new FilterList.Builder().exclude("*.tmp").build();
        Mirror mirror = bed.startMirror(
                kind,
                configuration -> configuration
                        .withTimes(QUICK)
                        .withFilters(filters)
                        .withOptions(configuration.options().edit(draft -> draft.hardLinks = hardLinks)));
        awaitCopies(mirror);
        return mirror;
    }

    private void awaitCopies(Mirror mirror) throws IOException, InterruptedException {
        bed.await("nodes have what is not excluded", () -> {
            Map<String, String> source = included(bed.site());
            return included(bed.copy(0)).equals(source) && included(bed.copy(1)).equals(source) && mirror.isInSync();
        });
        for (int node = 0; node < 2; node++) {
            assertThat(bed.copy(node).resolve("dir/page.tmp")).hasContent("of node " + node);
        }
    }

    private static Map<String, String> included(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>(TreeSnapshot.of(root));
        all.keySet().removeIf(path -> path.endsWith(".tmp"));
        all.replaceAll((path, entry) ->
                Files.isDirectory(root.resolve(path)) ? "directory" : entry); // its time is of all names
        return all;
    }

    /** Other content of the same length, and the time put back: sizes and times tell nothing. */
    private void covert(String path, String text) throws IOException {
        Files.write(at(path), text.getBytes(UTF_8), StandardOpenOption.WRITE);
        Files.setLastModifiedTime(at(path), LONG_AGO);
    }

    @EachMonitor
    void areWrittenTo(MonitorKind kind) throws IOException, InterruptedException {
        Mirror mirror = start(kind, 1);
        covert("dir/page.tmp", "two");
        awaitCopies(mirror);
        covert("dir/page.tmp", "six");
        awaitCopies(mirror);
        Files.setPosixFilePermissions(at("dir/page.tmp"), PosixFilePermissions.fromString("rwx------"));
        awaitCopies(mirror);
    }

    /** The name is gone when anybody looks. */
    @EachMonitor
    void areWrittenToAndRemoved(MonitorKind kind) throws IOException, InterruptedException {
        Mirror mirror = start(kind, 1);
        covert("dir/page.tmp", "two"); // from then on it is known which file that is
        awaitCopies(mirror);
        Files.createLink(at("other"), at("page"));
        awaitCopies(mirror);
        covert("dir/page.tmp", "six");
        Files.delete(at("dir/page.tmp"));
        awaitCopies(mirror);
        covert("page", "ten");
        awaitCopies(mirror);
    }

    @EachMonitor
    void areNamesThatAreNew(MonitorKind kind) throws IOException, InterruptedException {
        Mirror mirror = start(kind, 0); // names of one file are files of their own on nodes
        Files.createLink(at("dir/new.tmp"), at("page"));
        covert("dir/new.tmp", "two");
        awaitCopies(mirror);
        Files.move(at("dir/new.tmp"), at("moved.tmp"));
        covert("moved.tmp", "six");
        awaitCopies(mirror);
        Files.delete(at("moved.tmp"));
        Files.delete(at("page"));
        awaitCopies(mirror);
    }

    /** Nobody closes it: what is quiet is let go. */
    @EachMonitor
    void stayOpen(MonitorKind kind) throws IOException, InterruptedException {
        Mirror mirror = start(kind, 1);
        try (OutputStream out = Files.newOutputStream(at("dir/page.tmp"), StandardOpenOption.APPEND)) {
            out.write("more".getBytes(UTF_8));
            bed.await(
                    "what is quiet",
                    () -> Files.readString(bed.copy(0).resolve("page")).equals("onemore"));
            awaitCopies(mirror);
        }
        awaitCopies(mirror);
    }
}
