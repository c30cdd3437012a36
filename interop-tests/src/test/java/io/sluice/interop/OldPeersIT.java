package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PeerConnections;
import io.sluice.client.RsyncOptions;
import io.sluice.protocol.filter.FilterList;
import io.sluice.watcher.mirror.Mirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Deletions at a replica without {@code --delete-missing-args}. It refuses that option, so its log tells whether it was
 * asked; and has things of its own beside those that are deleted, so that a deletion too many is seen.
 */
class OldPeersIT {
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

    private static final List<String> GONE = List.of(
            "top",
            "d/file",
            "d/star*",
            "d/what?",
            "d/set[ab]",
            "d/back\\slash",
            "d/both\\*",
            "d/sub/deep",
            "d/tree",
            "e/link");
    private static final List<String> STAY = List.of(
            "d/star2",
            "d/whats",
            "d/seta",
            "d/backslash",
            "d/sub/other",
            "d/cache/file",
            "d/empty",
            "e/file.keep",
            "d/page.txt",
            "untouched/file");

    private void make(Path root, String name) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        switch (name) {
            case "d/tree" -> {
                Files.createDirectories(path.resolve("a/b"));
                Files.writeString(path.resolve("a/b/file"), "x");
                Files.writeString(path.resolve("one"), "x");
            }
            case "d/empty" -> Files.createDirectories(path);
            case "e/link" -> Files.createSymbolicLink(path, Path.of("nowhere"));
            default -> Files.writeString(path, name);
        }
    }

    private static void remove(Path top) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(top)) {
            all = new ArrayList<>(paths.toList());
        }
        for (Path path : all.reversed()) {
            Files.delete(path);
        }
    }

    /** With protocol 31 and above it finds out by being refused, and remembers. */
    @ParameterizedTest
    @CsvSource({
        "RSYNC, 32",
        "SLUICE, 32",
        "RSYNC, 30",
        "SLUICE, 30",
        "RSYNC, 29",
        "SLUICE, 29",
        "RSYNC, 28",
        "SLUICE, 28"
    })
    void deletesJustWhatIsGone(Program program, int protocol) throws Exception {
        DaemonProcess node = bed.startNode(program, "refuse options = delete-missing-args\n");
        bed.addReplica(node.url("site/"));
        for (String name : GONE) {
            make(bed.site(), name);
        }
        for (String name : STAY) {
            make(bed.site(), name);
        }
        FilterList filters = new FilterList.Builder()
                .exclude("*.keep")
                .exclude("cache/")
                .include("*.txt")
                .build();
        PeerConnections connections =
                RsyncOptions.read(List.of("--protocol=" + protocol), Map.of()).connections();
        Mirror mirror = bed.startMirror(
                configuration -> configuration.withFilters(filters).withConnections(connections));
        bed.await("the first synchronisation", mirror::isInSync);
        Path copy = bed.copy(0);
        for (String name : List.of("stray", "d/stray", "d/cache/file", "d/tree/a/x.keep", "e/y.keep", "e/stray.txt")) {
            Files.createDirectories(copy.resolve(name).getParent());
            Files.writeString(copy.resolve(name), "of its own");
        }
        for (String name : GONE) {
            remove(bed.site().resolve(name));
        }
        bed.await("the deletions", () -> mirror.isInSync() && GONE.stream().noneMatch(name -> isThere(copy, name)));
        assertThat(copy.resolve("d/tree/a/x.keep")).exists();
        assertThat(copy.resolve("d/tree/one")).doesNotExist();
        assertThat(copy.resolve("d/tree/a/b")).doesNotExist();
        for (String name : List.of("stray", "d/stray", "d/cache/file", "e/y.keep", "e/stray.txt")) {
            assertThat(copy.resolve(name)).exists();
        }
        for (String name : STAY) {
            boolean pushed = !name.contains("cache") && !name.endsWith(".keep");
            assertThat(Files.exists(copy.resolve(name))).as(name).isEqualTo(pushed || name.contains("cache"));
        }
        assertThat(bed.failures()).isEmpty();
        long refused = refusals(node);
        assertThat(refused > 0).isEqualTo(protocol > 30);
        Files.writeString(bed.site().resolve("d/new"), "new");
        Files.delete(bed.site().resolve("d/star2"));
        bed.await("one more", () -> mirror.isInSync() && !Files.exists(copy.resolve("d/star2")));
        assertThat(copy.resolve("d/new")).exists();
        assertThat(refusals(node)).as("it is not asked again").isEqualTo(refused);
    }

    /** The original does not know its own option any more when it has been refused. */
    private static long refusals(DaemonProcess node) throws IOException {
        return node.log()
                .lines()
                .filter(line -> line.contains("delete-missing-args") || line.contains("invalid file mode 00"))
                .count();
    }

    /** A directory stays if something is protected in it; of {@code d/tree} that is so. */
    private static boolean isThere(Path copy, String name) {
        Path path = copy.resolve(name.equals("d/tree") ? "d/tree/one" : name);
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
