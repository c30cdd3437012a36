package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.InotifyLimits;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The monitor on the real kernel. A pass is not vacuous: what is told last in each test is a marker made after
 * everything else, so whatever was not told before it never will be, and {@link Follower} would then differ.
 */
class InotifyMonitorTest {
    @TempDir
    private Path temporary;

    private Path root;
    private final Recorder recorder = new Recorder();
    private FileMonitor monitor = FileMonitor.of(MonitorSettings.of(new byte[] {'/'}));
    private int markers;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temporary.resolve("root"));
    }

    @AfterEach
    void closeMonitor() throws IOException {
        monitor.close();
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void start() throws IOException {
        start(MonitorSettings.of(bytes(root)));
    }

    private void start(MonitorSettings settings) throws IOException {
        monitor = FileMonitor.of(settings);
        monitor.start(recorder);
    }

    /** Waits until all that happened before has been told. */
    private void settle() throws IOException, InterruptedException {
        String marker = "marker" + markers++;
        Files.writeString(root.resolve(marker), "");
        recorder.await(marker, ChangeKind.CONTENT_COMPLETE);
    }

    private Set<ChangeKind> kinds(List<Change> changes, String path) {
        return changes.stream()
                .filter(c -> Recorder.text(c).equals(path))
                .flatMap(c -> c.kinds().stream())
                .collect(Collectors.toSet());
    }

    /** What moved out is given up a moment later: markers are events that let the monitor see the time. */
    private void awaitDirectories() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (monitor.statistics().directories() != directories() && System.nanoTime() < end) {
            settle();
        }
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
    }

    private int directories() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return (int) paths.filter(Files::isDirectory).count();
        }
    }

    @Test
    void tellsGrowingWhileOpenAndCompleteWhenClosed() throws Exception {
        start();
        try (OutputStream out = Files.newOutputStream(root.resolve("f"))) {
            out.write(1);
            settle();
            List<Change> open = recorder.take();
            assertThat(kinds(open, "f")).containsExactlyInAnyOrder(ChangeKind.CREATED, ChangeKind.CONTENT_GROWING);
        }
        settle();
        assertThat(kinds(recorder.take(), "f")).containsExactly(ChangeKind.CONTENT_COMPLETE);
    }

    /** Links and special files have no writer who would close them: waiting for that would be for ever. */
    @Test
    void tellsLinksAsComplete() throws Exception {
        Files.writeString(root.resolve("old"), "x");
        start();
        Files.createSymbolicLink(root.resolve("symbolic"), Path.of("old"));
        Files.createLink(root.resolve("hard"), root.resolve("old"));
        settle();
        List<Change> told = recorder.take();
        assertThat(kinds(told, "symbolic")).contains(ChangeKind.CONTENT_COMPLETE);
        assertThat(kinds(told, "hard")).contains(ChangeKind.CONTENT_COMPLETE);
    }

    @Test
    void tellsAttributesOfFilesDirectoriesAndRoot() throws Exception {
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d/f"), "x");
        start();
        for (String name : List.of("d/f", "d", "")) {
            Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rwx------"));
        }
        settle();
        List<Change> told = recorder.take();
        for (String name : List.of("d/f", "d", "")) {
            assertThat(kinds(told, name)).as(name).containsExactly(ChangeKind.ATTRIBUTES);
        }
    }

    @Test
    void carriesNamesThatAreNoText() throws Exception {
        start();
        byte[] name = {'n', (byte) 0xFF, '\n'};
        try (DirectoryHandle handle = DirectoryHandle.open(bytes(root));
                OpenFile file = handle.openFile(name, OpenFlags.CREATE | OpenFlags.WRITE_ONLY, 0600, Resolve.BENEATH)) {
            assertThat(file).isNotNull();
        }
        settle();
        assertThat(recorder.take()).anyMatch(c -> Arrays.equals(c.path(), name) && c.is(ChangeKind.CONTENT_COMPLETE));
    }

    /** Trees grow faster than they can be watched: most is found by scans, some by events, nothing by neither. */
    @Test
    void findsTreesThatAppearWhileWatching() throws Exception {
        start();
        Follower follower = new Follower(root);
        for (int tree = 0; tree < 60; tree++) {
            Path path = root.resolve("tree" + tree);
            for (int depth = 0; depth < 12; depth++) {
                path = path.resolve("d" + depth);
                Files.createDirectories(path);
                Files.writeString(path.resolve("f"), "content " + depth);
                Files.createDirectory(path.resolve("empty"));
            }
        }
        settle();
        follower.follow(recorder.take());
        assertThat(follower.known()).isEqualTo(follower.actual());
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
        assertThat(monitor.statistics().unwatched()).isZero();
    }

    @Test
    void followsDirectoriesThatMoveWithin() throws Exception {
        Files.createDirectories(root.resolve("a/b/c"));
        Files.createDirectory(root.resolve("other"));
        start();
        Files.move(root.resolve("a"), root.resolve("other/new"));
        settle();
        List<Change> told = recorder.take();
        assertThat(kinds(told, "a")).contains(ChangeKind.REMOVED);
        assertThat(kinds(told, "other/new")).contains(ChangeKind.SUBTREE);
        Files.writeString(root.resolve("other/new/b/c/f"), "x");
        recorder.await("other/new/b/c/f", ChangeKind.CONTENT_COMPLETE);
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
    }

    /** Two swaps by way of a third name: names that exist all the time, but stand for other directories. */
    @Test
    void followsDirectoriesThatChangePlaces() throws Exception {
        Files.createDirectories(root.resolve("one/sub1"));
        Files.createDirectories(root.resolve("two/sub2"));
        start();
        for (int i = 0; i < 101; i++) {
            Files.move(root.resolve("one"), root.resolve("three"));
            Files.move(root.resolve("two"), root.resolve("one"));
            Files.move(root.resolve("three"), root.resolve("two"));
        }
        settle();
        recorder.take();
        Files.writeString(root.resolve("one/sub2/f"), "x");
        Files.writeString(root.resolve("two/sub1/f"), "x");
        recorder.await("one/sub2/f", ChangeKind.CONTENT_COMPLETE);
        recorder.await("two/sub1/f", ChangeKind.CONTENT_COMPLETE);
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
    }

    /**
     * The swap comes after a new directory was listed and before what is in it was looked at: the path leads to the other
     * directory then.
     */
    @Test
    void isNotMisledByADirectoryThatTakesThePlaceOfTheOneBeingScanned() throws Exception {
        Files.createDirectories(root.resolve("two/sub"));
        Path made = temporary.resolve("made");
        AtomicBoolean swapped = new AtomicBoolean();
        CountDownLatch gate = recorder.hold();
        monitor = FileMonitor.of(MonitorSettings.of(bytes(root)));
        monitor.start(new ChangeListener() {
            @Override
            public void changed(Change change) {
                recorder.changed(change);
                if (Recorder.text(change).equals("one/f") && swapped.compareAndSet(false, true)) {
                    swap(made);
                }
            }

            @Override
            public void trouble(Trouble trouble) {
                recorder.trouble(trouble);
            }
        });
        Files.createFile(root.resolve("held"));
        Files.createDirectories(root.resolve("one/sub"));
        Files.createFile(root.resolve("one/f"));
        gate.countDown();
        settle();
        assertThat(swapped).isTrue();
        settle();
        recorder.take();
        Files.writeString(root.resolve("one/sub/x"), "x");
        Files.writeString(root.resolve("two/sub/y"), "y");
        recorder.await("one/sub/x", ChangeKind.CONTENT_COMPLETE);
        recorder.await("two/sub/y", ChangeKind.CONTENT_COMPLETE);
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
    }

    private void swap(Path between) {
        try {
            Files.move(root.resolve("one"), between);
            Files.move(root.resolve("two"), root.resolve("one"));
            Files.move(between, root.resolve("two"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void losesWhatMovesOutAndFindsWhatMovesIn() throws Exception {
        Files.createDirectories(root.resolve("out/deep"));
        Path outside = temporary.resolve("outside/in");
        Files.createDirectories(outside.resolve("deep"));
        Files.writeString(outside.resolve("deep/f"), "x");
        start();
        Files.move(root.resolve("out"), temporary.resolve("gone"));
        Files.move(outside, root.resolve("in"));
        Files.writeString(temporary.resolve("gone/deep/f"), "not ours");
        settle();
        List<Change> told = recorder.take();
        assertThat(kinds(told, "out")).contains(ChangeKind.REMOVED);
        assertThat(kinds(told, "in")).contains(ChangeKind.SUBTREE);
        assertThat(told)
                .noneMatch(c ->
                        Recorder.text(c).startsWith("gone") || Recorder.text(c).startsWith("out/"));
        Files.writeString(root.resolve("in/deep/f"), "y");
        recorder.await("in/deep/f", ChangeKind.CONTENT_COMPLETE);
        awaitDirectories();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void tellsEnoughOfRandomChanges(long seed) throws Exception {
        start();
        Follower follower = new Follower(root);
        for (int round = 0; round < 3; round++) {
            Thread first = Thread.ofPlatform().start(new RandomEdits(root, seed * 100 + round, 500));
            Thread second = Thread.ofPlatform().start(new RandomEdits(root, -seed * 100 - round, 500));
            first.join();
            second.join();
            settle();
            follower.follow(recorder.take());
            assertThat(follower.known()).isEqualTo(follower.actual());
        }
    }

    /** The listener is held until the kernel's queue must have overflowed; what was lost is found by looking anew. */
    @Test
    void looksAtAllAnewAfterAnOverflow() throws Exception {
        Files.createDirectories(root.resolve("many"));
        start();
        Follower follower = new Follower(root);
        CountDownLatch gate = recorder.hold();
        try {
            int events = InotifyLimits.read().maxQueuedEvents();
            for (int i = 0; i < events / 2; i++) {
                Files.writeString(root.resolve("many/f" + i % 100), "number " + i);
                Files.delete(root.resolve("many/f" + i % 100));
            }
            Files.createDirectories(root.resolve("lost/one/two"));
            Files.writeString(root.resolve("lost/one/two/f"), "lost");
        } finally {
            gate.countDown();
        }
        recorder.await(Trouble.Kind.OVERFLOW);
        recorder.await("", ChangeKind.SUBTREE);
        settle();
        follower.follow(recorder.take());
        assertThat(follower.known()).isEqualTo(follower.actual());
        Files.writeString(root.resolve("lost/one/two/f"), "found");
        recorder.await("lost/one/two/f", ChangeKind.CONTENT_COMPLETE);
        assertThat(monitor.statistics().overflows()).isPositive();
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
    }

    /** With six watches for eight directories, those left out are told regularly, with a message that helps. */
    @Test
    void looksRegularlyAtWhatItCannotWatch() throws Exception {
        Files.createDirectories(root.resolve("1/2/3/4/5/6/7"));
        MonitorSettings settings = MonitorSettings.of(bytes(root)).withRescanInterval(Duration.ofMillis(20));
        monitor = new InotifyMonitor(settings, 6);
        monitor.start(recorder);
        Trouble trouble = recorder.await(Trouble.Kind.WATCH_LIMIT);
        assertThat(trouble.message())
                .contains(
                        "6 of 8",
                        "fs.inotify.max_user_watches=",
                        "limit is " + InotifyLimits.read().maxWatches());
        assertThat(monitor.statistics().unwatched()).isEqualTo(2);
        recorder.take();
        recorder.await("1/2/3/4/5/6", ChangeKind.SUBTREE);
        assertThat(kinds(recorder.take(), "1/2/3/4/5/6/7")).isEmpty();
        Files.writeString(root.resolve("1/2/3/4/5/f"), "x");
        recorder.await("1/2/3/4/5/f", ChangeKind.CONTENT_COMPLETE);
    }

    @Test
    void tellsNothingOfWhatIsExcluded() throws Exception {
        PathFilter cache = (path, directory) -> {
            String text = new String(path, StandardCharsets.UTF_8);
            return (directory && text.endsWith("cache")) || text.endsWith(".tmp");
        };
        Files.createDirectories(root.resolve("cache/deep"));
        start(MonitorSettings.of(bytes(root)).withExcludes(cache));
        Files.writeString(root.resolve("cache/deep/f"), "x");
        Files.createDirectories(root.resolve("new/cache/deep"));
        Files.writeString(root.resolve("new/x.tmp"), "x");
        settle();
        assertThat(recorder.take()).noneMatch(c -> Recorder.text(c).matches(".*(cache|tmp).*"));
        Files.move(root.resolve("cache"), root.resolve("kept"));
        settle();
        assertThat(kinds(recorder.take(), "kept")).contains(ChangeKind.SUBTREE);
        Files.writeString(root.resolve("kept/deep/f"), "y");
        recorder.await("kept/deep/f", ChangeKind.CONTENT_COMPLETE);
    }

    @Test
    void noticesThatTheRootIsGoneAndBack() throws Exception {
        Files.createDirectories(root.resolve("d"));
        start();
        Files.move(root, temporary.resolve("old"));
        recorder.await(Trouble.Kind.ROOT_GONE);
        recorder.take();
        Files.createDirectories(root.resolve("other"));
        recorder.await(Trouble.Kind.ROOT_BACK);
        recorder.await("", ChangeKind.SUBTREE);
        Files.writeString(root.resolve("other/f"), "x");
        recorder.await("other/f", ChangeKind.CONTENT_COMPLETE);
        assertThat(monitor.statistics().directories()).isEqualTo(2);
    }

    /** A release is often a symbolic link that is switched: no event of inotify tells that. */
    @Test
    void followsARootThatIsALinkToAnother() throws Exception {
        Path other = temporary.resolve("release2");
        Files.createDirectories(other.resolve("d"));
        Path link = Files.createSymbolicLink(temporary.resolve("current"), root);
        start(MonitorSettings.of(bytes(link)));
        Files.createSymbolicLink(temporary.resolve("next"), other);
        Files.move(temporary.resolve("next"), link, StandardCopyOption.ATOMIC_MOVE);
        recorder.await("", ChangeKind.SUBTREE);
        Files.writeString(other.resolve("d/f"), "x");
        recorder.await("d/f", ChangeKind.CONTENT_COMPLETE);
    }

    /** An unmounted root is an empty directory: taken for the source, it would empty every replica. */
    @Test
    void doesNotTakeTheDirectoryBelowAnUnmountedRootForTheRoot() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "none", root.toString()) == 0, "mounting needs root");
        try {
            start();
            assertThat(run("umount", root.toString())).isZero();
            recorder.await(Trouble.Kind.ROOT_GONE);
            assertThat(run("mount", "-t", "tmpfs", "none", root.toString())).isZero();
            recorder.await("", ChangeKind.SUBTREE);
            assertThat(recorder.take())
                    .filteredOn(c -> c.is(ChangeKind.SUBTREE))
                    .hasSize(1);
            Files.writeString(root.resolve("f"), "x");
            recorder.await("f", ChangeKind.CONTENT_COMPLETE);
        } finally {
            monitor.close();
            run("umount", root.toString());
        }
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void refusesARootThatIsNoDirectory() {
        monitor = FileMonitor.of(MonitorSettings.of(bytes(root.resolve("missing"))));
        assertThatThrownBy(() -> monitor.start(recorder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    /** Who does not even hear of trouble without an Error hears of changes again; without a thread, nobody would ever. */
    @Test
    void goesOnAfterErrorsOfItsListener() throws Exception {
        AtomicInteger left = new AtomicInteger(3);
        monitor = FileMonitor.of(MonitorSettings.of(bytes(root)));
        monitor.start(new ChangeListener() {
            @Override
            public void changed(Change change) {
                failNow(left);
                recorder.changed(change);
            }

            @Override
            public void trouble(Trouble trouble) {
                failNow(left);
                recorder.trouble(trouble);
            }
        });
        Files.writeString(root.resolve("unheard"), "");
        recorder.await("", ChangeKind.SUBTREE);
        assertThat(left).hasNegativeValue();
        settle();
    }

    private static void failNow(AtomicInteger left) {
        if (left.getAndDecrement() > 0) {
            throw new StackOverflowError("in a test");
        }
    }
}
