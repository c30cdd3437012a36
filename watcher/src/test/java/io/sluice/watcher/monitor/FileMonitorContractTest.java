package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link FileMonitor} tells of changes below its root, on the real kernel. Long, as it is one contract. */
@ParameterizedClass
@EnumSource(Means.class)
class FileMonitorContractTest extends MonitorFixture {
    FileMonitorContractTest(Means means) {
        super(means);
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

    /** The old path is a hint beside its removal; what comes from elsewhere, or from what is excluded, has none. */
    @Test
    void tellsWhereARenamedNameWasBefore() throws Exception {
        Files.createDirectories(root.resolve("a/sub"));
        Files.createDirectory(root.resolve("b"));
        Files.createDirectory(outside("outside"));
        Files.writeString(root.resolve("f"), "x");
        Files.writeString(root.resolve("hidden"), "x");
        start(MonitorSettings.of(bytes(root))
                .withExcludes((path, directory) -> new String(path, StandardCharsets.UTF_8).equals("hidden")));
        Files.move(root.resolve("f"), root.resolve("b/g"));
        Files.move(root.resolve("a"), root.resolve("b/moved"));
        Files.move(outside("outside"), root.resolve("arrived"));
        Files.move(root.resolve("hidden"), root.resolve("shown"));
        settle();
        List<Change> told = recorder.take();
        assertThat(origins(told, "b/g")).isEqualTo(means.pairsNames() ? List.of("f") : List.of());
        assertThat(origins(told, "b/moved")).isEqualTo(means.pairsNames() ? List.of("a") : List.of());
        assertThat(origins(told, "arrived")).isEmpty();
        assertThat(origins(told, "shown")).isEmpty();
        for (String old : List.of("f", "a")) {
            assertThat(kinds(told, old)).as(old).contains(ChangeKind.REMOVED);
        }
        for (String now : List.of("b/g", "b/moved", "arrived", "shown")) {
            assertThat(kinds(told, now)).as(now).contains(ChangeKind.CREATED);
        }
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
        Path made = outside("made");
        AtomicBoolean swapped = new AtomicBoolean();
        CountDownLatch gate = recorder.hold();
        start(settings(), new ChangeListener() {
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
        Path outside = outside("elsewhere").resolve("in");
        Files.createDirectories(outside.resolve("deep"));
        Files.writeString(outside.resolve("deep/f"), "x");
        start();
        Files.move(root.resolve("out"), outside("gone"));
        Files.move(outside, root.resolve("in"));
        Files.writeString(outside("gone").resolve("deep/f"), "not ours");
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
        Path outside = Files.createDirectory(outside("outside"));
        start();
        Follower follower = new Follower(root);
        for (int round = 0; round < 3; round++) {
            Thread first = Thread.ofPlatform().start(new RandomEdits(root, outside, seed * 100 + round, 500));
            Thread second = Thread.ofPlatform().start(new RandomEdits(root, outside, -seed * 100 - round, 500));
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
            int events = means.maxQueuedEvents();
            for (int i = 0; i < events + events / 4; i++) {
                Files.createFile(root.resolve("many/f" + i));
                Files.delete(root.resolve("many/f" + i));
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

    @Test
    void tellsNothingOfWhatIsExcluded() throws Exception {
        PathFilter cache = (path, directory) -> {
            String text = new String(path, StandardCharsets.UTF_8);
            return (directory && text.endsWith("cache")) || text.endsWith(".tmp");
        };
        Files.createDirectories(root.resolve("cache/deep"));
        start(settings().withExcludes(cache));
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

    /** Only of files, and marked as what it is: they may have other names. */
    @Test
    void tellsWhatHappensToExcludedFilesIfItIsTo() throws Exception {
        PathFilter temporary = (path, directory) -> new String(path, StandardCharsets.UTF_8).endsWith(".tmp");
        Files.createDirectory(root.resolve("d.tmp"));
        Files.writeString(root.resolve("f.tmp"), "x");
        start(settings().withExcludes(temporary).withExtras(Set.of(MonitorSettings.Extra.EXCLUDED_FILES)));
        Files.writeString(root.resolve("f.tmp"), "y");
        Files.writeString(root.resolve("d.tmp/f"), "y");
        Files.createDirectory(root.resolve("e.tmp"));
        settle();
        List<Change> written = recorder.take();
        assertThat(kinds(written, "f.tmp"))
                .contains(ChangeKind.EXCLUDED, ChangeKind.CONTENT_COMPLETE)
                .isSubsetOf(ChangeKind.EXCLUDED, ChangeKind.CONTENT_COMPLETE, ChangeKind.CONTENT_GROWING);
        assertThat(written).noneMatch(c -> Recorder.text(c).matches("[de].tmp.*"));
        Files.setPosixFilePermissions(root.resolve("f.tmp"), PosixFilePermissions.fromString("rwx------"));
        settle();
        assertThat(kinds(recorder.take(), "f.tmp")).containsOnly(ChangeKind.EXCLUDED, ChangeKind.ATTRIBUTES);
        Files.move(root.resolve("f.tmp"), root.resolve("g.tmp"));
        settle();
        List<Change> moved = recorder.take();
        assertThat(kinds(moved, "f.tmp")).containsOnly(ChangeKind.EXCLUDED, ChangeKind.REMOVED);
        assertThat(kinds(moved, "g.tmp")).contains(ChangeKind.EXCLUDED, ChangeKind.ARRIVED);
        Files.move(root.resolve("g.tmp"), root.resolve("g"));
        settle();
        List<Change> shown = recorder.take();
        assertThat(kinds(shown, "g.tmp")).containsOnly(ChangeKind.EXCLUDED, ChangeKind.REMOVED);
        assertThat(kinds(shown, "g")).contains(ChangeKind.ARRIVED).doesNotContain(ChangeKind.EXCLUDED);
        assertThat(shown).allMatch(c -> c.movedFrom().isEmpty());
    }

    @Test
    void refusesARootThatIsNoDirectory() {
        monitor = means.monitor(MonitorSettings.of(bytes(root.resolve("missing"))));
        assertThatThrownBy(() -> monitor.start(recorder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    /** Who does not even hear of trouble without an Error hears of changes again; without a thread, nobody would ever. */
    @Test
    void goesOnAfterErrorsOfItsListener() throws Exception {
        AtomicInteger left = new AtomicInteger(3);
        start(settings(), new ChangeListener() {
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

    /** The name stands for a file, a directory and a file again; what was in the directory is gone with it. */
    @Test
    void followsANameThatStandsForOneKindAfterTheOther() throws Exception {
        Files.createDirectories(root.resolve("name/sub"));
        Files.writeString(root.resolve("name/sub/f"), "x");
        start();
        Follower follower = new Follower(root);
        Files.move(root.resolve("name"), outside("away"));
        Files.writeString(root.resolve("name"), "a file");
        settle();
        follower.follow(recorder.take());
        assertThat(follower.known()).isEqualTo(follower.actual());
        Files.delete(root.resolve("name"));
        Files.createDirectory(root.resolve("name"));
        Files.writeString(root.resolve("name/g"), "y");
        settle();
        follower.follow(recorder.take());
        assertThat(follower.known()).isEqualTo(follower.actual());
    }

    /** The listener is held while a directory that has pending events moves about; the last place is what counts. */
    @Test
    void followsADirectoryThatIsRenamedWhileItsEventsArePending() throws Exception {
        Files.createDirectories(root.resolve("d/deep"));
        start();
        Follower follower = new Follower(root);
        CountDownLatch gate = recorder.hold();
        Files.createFile(root.resolve("held"));
        Files.writeString(root.resolve("d/deep/f"), "written before the move");
        Files.move(root.resolve("d"), root.resolve("e"));
        Files.writeString(root.resolve("e/deep/g"), "written between");
        Files.move(root.resolve("e/deep"), outside("away"));
        Files.writeString(outside("away").resolve("h"), "written outside");
        Files.move(outside("away"), root.resolve("back"));
        Files.delete(root.resolve("e"));
        gate.countDown();
        settle();
        follower.follow(recorder.take());
        assertThat(follower.known()).isEqualTo(follower.actual());
        Files.writeString(root.resolve("back/i"), "x");
        recorder.await("back/i", ChangeKind.CONTENT_COMPLETE);
    }

    /** Nobody waits for the close of a file that stays open: that it grows is told with each write that is noticed. */
    @Test
    void tellsAgainThatAFileGrowsWhichIsNeverClosed() throws Exception {
        start();
        try (OutputStream out = Files.newOutputStream(root.resolve("log"))) {
            for (int line = 0; line < 3; line++) {
                out.write('x');
                settle();
                assertThat(kinds(recorder.take(), "log")).contains(ChangeKind.CONTENT_GROWING);
            }
        }
    }

    /** What is written by one name is told of that name; the other has to be found by who knows of it. */
    @Test
    void tellsAFileWithTwoNamesByTheOneThatIsUsed() throws Exception {
        Files.writeString(root.resolve("one"), "x");
        Files.createLink(root.resolve("two"), root.resolve("one"));
        start();
        Files.writeString(root.resolve("two"), "y");
        settle();
        assertThat(kinds(recorder.take(), "two")).contains(ChangeKind.CONTENT_COMPLETE);
        Files.delete(root.resolve("one"));
        settle();
        assertThat(kinds(recorder.take(), "one")).contains(ChangeKind.REMOVED);
    }

    /** A directory that comes out of what is excluded brings its content along; one that goes there is gone. */
    @Test
    void tellsWhatLeavesAndEntersWhatIsExcluded() throws Exception {
        Files.createDirectories(root.resolve("hidden/d"));
        Files.writeString(root.resolve("hidden/d/f"), "x");
        Files.createDirectories(root.resolve("e"));
        start(settings().withExcludes((path, directory) -> new String(path, StandardCharsets.UTF_8).equals("hidden")));
        Files.move(root.resolve("hidden/d"), root.resolve("d"));
        Files.move(root.resolve("e"), root.resolve("hidden/e"));
        Files.writeString(root.resolve("hidden/e/g"), "x");
        settle();
        List<Change> told = recorder.take();
        assertThat(kinds(told, "d")).contains(ChangeKind.SUBTREE);
        assertThat(kinds(told, "e")).contains(ChangeKind.REMOVED);
        assertThat(told).noneMatch(c -> Recorder.text(c).startsWith("hidden"));
        Files.writeString(root.resolve("d/f"), "y");
        recorder.await("d/f", ChangeKind.CONTENT_COMPLETE);
    }

    @Test
    void tellsWhatIsThereAtTheStartIfAsked() throws Exception {
        Files.createDirectories(root.resolve("d/e"));
        Files.writeString(root.resolve("d/f"), "x");
        start(settings().withExtras(Set.of(MonitorSettings.Extra.EXISTING)));
        recorder.awaitEndOfList();
        List<Change> told = recorder.take();
        assertThat(told.stream().map(Recorder::text)).containsExactlyInAnyOrder("", "d", "d/e", "d/f");
        assertThat(told).allMatch(c -> c.is(ChangeKind.EXISTS));
        settle();
    }
}
