package io.sluice.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.monitor.MonitorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes that neither size nor time of a file shows, or that were made under a name that is gone: all trees become equal
 * again, though no session that looks at sizes and times alone would see a difference. Each scene happens within one batch,
 * so that the names are what they are at its end when anybody looks, and is pushed to nodes of both programs.
 */
@NeedsRsync
class MirrorContentIT {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);
    private static final MirrorTimes SLOW =
            MirrorTimes.DEFAULT.withSettle(Duration.ofMillis(300)).withMaxDelay(Duration.ofSeconds(20));

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

    /** What somebody does to a site. */
    private interface Scene {
        void play() throws IOException;
    }

    private Path at(String path) {
        return bed.site().resolve(path);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(at(path).getParent());
        Files.writeString(at(path), text, UTF_8);
        Files.setLastModifiedTime(at(path), LONG_AGO);
    }

    /** Other content of the same length in the same file, and the time put back. */
    private void covert(String path, String text) throws IOException {
        Files.write(at(path), text.getBytes(UTF_8), StandardOpenOption.WRITE);
        Files.setLastModifiedTime(at(path), LONG_AGO);
    }

    private void move(String from, String to) throws IOException {
        Files.move(at(from), at(to), StandardCopyOption.REPLACE_EXISTING);
    }

    private void link(String name, String file) throws IOException {
        Files.createDirectories(at(name).getParent());
        Files.createLink(at(name), at(file));
    }

    private void play(MonitorKind kind, Scene scene) throws IOException, InterruptedException {
        bed.startBothNodes();
        Mirror mirror = bed.startMirror(
                kind,
                configuration -> configuration
                        .withTimes(SLOW)
                        .withOptions(configuration.options().edit(draft -> draft.hardLinks = 1)));
        bed.awaitEqual(mirror);
        scene.play();
        bed.await("nodes have what the source has", () -> {
            Map<String, String> source = everything(bed.site());
            return everything(bed.copy(0)).equals(source)
                    && everything(bed.copy(1)).equals(source);
        });
    }

    private static Map<String, String> everything(Path root) {
        try {
            Map<String, String> all = TreeSnapshot.of(root);
            LinkSnapshot.of(root).forEach((path, link) -> all.merge(path, " " + link, String::concat));
            return all;
        } catch (IOException e) {
            return Map.of("", e.toString()); // it changed while it was read
        }
    }

    @EachMonitor
    void aDirectoryThatWasAwayMeanwhile(MonitorKind kind) throws IOException, InterruptedException {
        write("dir/deep/page", "one");
        play(kind, () -> {
            move("dir", "away");
            covert("away/deep/page", "two");
            move("away", "dir");
        });
    }

    @EachMonitor
    void directoriesThatTakeEachOthersPlaces(MonitorKind kind) throws IOException, InterruptedException {
        write("blue/page", "one");
        write("green/page", "two");
        play(kind, () -> {
            move("blue", "temporary");
            move("green", "blue");
            move("temporary", "green");
        });
    }

    @EachMonitor
    void aFileWithAnothersName(MonitorKind kind) throws IOException, InterruptedException {
        write("page", "one");
        write("next", "two");
        play(kind, () -> move("next", "page"));
    }

    @EachMonitor
    void aFileThatWasWrittenToAndThenRenamed(MonitorKind kind) throws IOException, InterruptedException {
        write("page", "one");
        write("dir/page", "one");
        play(kind, () -> {
            covert("page", "two");
            move("page", "renamed");
            covert("dir/page", "two");
            move("dir", "moved");
        });
    }

    @EachMonitor
    void aFileThatWasWrittenToUnderANameThatIsGone(MonitorKind kind) throws IOException, InterruptedException {
        write("one", "content");
        link("two", "one");
        write("three", "content");
        link("dir/four", "three");
        play(kind, () -> {
            covert("two", "changed");
            Files.delete(at("two"));
            covert("dir/four", "changed");
            Files.delete(at("dir/four"));
        });
    }

    /** By fanotify nobody hears of it: a directory that is gone when its event is read has no path. */
    @Test
    void aFileThatWasWrittenToUnderANameThatIsGoneWithItsDirectory() throws IOException, InterruptedException {
        write("one", "content");
        link("dir/two", "one");
        play(MonitorKind.INOTIFY, () -> {
            covert("dir/two", "changed");
            Files.delete(at("dir/two"));
            Files.delete(at("dir"));
        });
    }

    @EachMonitor
    void namesOfAFileInsideAndOutsideOfADirectoryThatMoves(MonitorKind kind) throws IOException, InterruptedException {
        write("one", "content");
        link("dir/two", "one");
        play(kind, () -> move("dir", "moved"));
    }
}
