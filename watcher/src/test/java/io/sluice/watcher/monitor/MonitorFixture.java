package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory and a monitor of it. A pass is not vacuous: what is told last in each test is a marker made after
 * everything else, so whatever was not told before it never will be, and {@link Follower} would then differ.
 */
abstract class MonitorFixture {
    @TempDir
    Path temporary;

    final Means means;
    final Recorder recorder = new Recorder();
    Path root = Path.of("/");
    FileMonitor monitor = FileMonitor.of(MonitorSettings.of(new byte[] {'/'}));
    private int markers;

    MonitorFixture(Means means) {
        this.means = means;
    }

    @BeforeEach
    void makeRoot() throws Exception {
        root = means.makeRoot(temporary);
    }

    @AfterEach
    void closeMonitor() throws Exception {
        monitor.close();
        means.removeRoot(temporary);
    }

    /** A place outside of the root, on the same file system. */
    Path outside(String name) {
        return root.resolveSibling(name);
    }

    static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    MonitorSettings settings() {
        return MonitorSettings.of(bytes(root));
    }

    void start() throws IOException {
        start(settings());
    }

    void start(MonitorSettings settings) throws IOException {
        start(settings, recorder);
    }

    void start(MonitorSettings settings, ChangeListener listener) throws IOException {
        monitor = means.monitor(settings);
        monitor.start(listener);
        assertThat(monitor.statistics().kind()).isEqualTo(means.kind);
    }

    /** Waits until all that happened before has been told. */
    void settle() throws IOException, InterruptedException {
        String marker = "marker" + markers++;
        Files.writeString(root.resolve(marker), "");
        recorder.await(marker, ChangeKind.CONTENT_COMPLETE);
    }

    static Set<ChangeKind> kinds(List<Change> changes, String path) {
        return changes.stream()
                .filter(c -> Recorder.text(c).equals(path))
                .flatMap(c -> c.kinds().stream())
                .collect(Collectors.toSet());
    }

    static List<String> origins(List<Change> changes, String path) {
        return changes.stream()
                .filter(c -> Recorder.text(c).equals(path))
                .flatMap(c -> c.movedFrom().stream())
                .map(from -> new String(from, StandardCharsets.UTF_8))
                .toList();
    }

    /** What moved out is given up a moment later: markers are events that let the monitor see the time. */
    void awaitDirectories() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (monitor.statistics().directories() != directories() && System.nanoTime() < end) {
            settle();
        }
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
    }

    /** What the monitor should have in mind. */
    int directories() throws IOException {
        if (!means.knowsDirectories()) {
            return 0;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return (int) paths.filter(Files::isDirectory).count();
        }
    }
}
