package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.command.ByteText;
import io.sluice.linux.InotifyLimits;
import io.sluice.linux.InotifyMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * That every name is told, and told once, whatever the kernel could tell of it. Events are read only after the edits, so
 * that new directories are always watched too late; a source that did not look into them would tell their names alone.
 */
@Timeout(60)
class EventSourceTest {
    private static final int TELLING =
            InotifyMask.CREATE | InotifyMask.DELETE | InotifyMask.MOVED_FROM | InotifyMask.MOVED_TO;
    private static final String LAST = "last";

    @TempDir
    private Path directory;

    private final List<String> troubles = new ArrayList<>();
    private @Nullable EventSource opened;

    private EventSource source() {
        return Objects.requireNonNull(opened);
    }

    private Path tree() {
        return directory.resolve("tree");
    }

    @AfterEach
    void close() throws IOException {
        EventSource last = opened;
        if (last != null) {
            last.close();
        }
    }

    private void start(Selection selection, String... excluded) throws IOException {
        Files.createDirectories(tree());
        open(TELLING, selection, excluded);
    }

    private void open(int mask) throws IOException {
        open(mask, Selection.ALL);
    }

    private void open(int mask, Selection selection, String... excluded) throws IOException {
        PathList paths = new PathList(List.of(), Set.of(excluded));
        EventSource.Settings settings = new EventSource.Settings(mask, true, false, selection, paths);
        opened = EventSource.open(Backend.INOTIFY, settings, new RecordedTroubles(troubles));
        source().watch(tree().toString(), true);
    }

    private void start() throws IOException {
        start(Selection.ALL);
    }

    private Path make(String name) throws IOException {
        return Files.createDirectories(tree().resolve(name));
    }

    private void touch(String name) throws IOException {
        Files.writeString(tree().resolve(name), "x");
    }

    /** What was told until now, each as its event and its path in the tree. */
    private List<String> told() throws IOException {
        Path last = directory.resolve("tree").resolve(LAST);
        Files.createFile(last);
        List<String> told = new ArrayList<>();
        while (true) {
            ToolEvent event =
                    source().next(TimeUnit.SECONDS.toMillis(30), () -> {}).orElseThrow();
            String path = event.path().substring(tree().toString().length() + 1);
            if (path.equals(LAST)) {
                Files.delete(last);
                assertThat(source().next(TimeUnit.SECONDS.toMillis(30), () -> {}))
                        .isPresent();
                return told;
            }
            told.add(EventNames.of(event.mask() & ~InotifyMask.IS_DIRECTORY, ',') + " " + path);
        }
    }

    @Test
    void tellsWhatWasInNewDirectoriesBeforeTheyWereWatched() throws IOException {
        start();
        make("a/b/c");
        touch("a/1");
        touch("a/b/2");
        touch("a/b/c/3");
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "CREATE a", "CREATE a/1", "CREATE a/b", "CREATE a/b/2", "CREATE a/b/c", "CREATE a/b/c/3");
        touch("a/b/c/4");
        assertThat(told()).containsExactly("CREATE a/b/c/4");
    }

    @Test
    void tellsOnceWhatTheKernelTellsToo() throws Exception {
        start();
        int directories = 300;
        Thread editor = new Thread(() -> {
            try {
                for (int i = 0; i < directories; i++) {
                    make("d" + i + "/e/f");
                    touch("d" + i + "/e/f/g");
                    touch("d" + i + "/h");
                }
                Files.createFile(directory.resolve("tree").resolve("end"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        editor.start();
        List<String> told = new ArrayList<>();
        while (told.isEmpty() || !told.getLast().equals(tree() + "/end")) {
            told.add(source().next(TimeUnit.SECONDS.toMillis(30), () -> {})
                    .orElseThrow()
                    .path());
        }
        editor.join();
        List<String> expected = new ArrayList<>(List.of(tree() + "/end"));
        for (int i = 0; i < directories; i++) {
            String top = tree() + "/d" + i;
            expected.addAll(List.of(top, top + "/e", top + "/e/f", top + "/e/f/g", top + "/h"));
        }
        List<String> late = told().stream()
                .map(line -> tree() + "/" + line.substring(line.indexOf(' ') + 1))
                .toList();
        told.addAll(late);
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void tellsWhatADirectoryThatIsMovedHereHasInIt() throws IOException {
        start();
        Path outside = Files.createDirectories(directory.resolve("outside/below"));
        Files.writeString(outside.resolve("file"), "x");
        Files.move(directory.resolve("outside"), tree().resolve("in"));
        assertThat(told()).containsExactly("MOVED_TO in", "CREATE in/below", "CREATE in/below/file");
        touch("in/below/new");
        assertThat(told()).containsExactly("CREATE in/below/new");
    }

    @Test
    void tellsARenamedDirectoryByItsNewNameAndNothingOfItAnew() throws IOException {
        make("a/b");
        start();
        Files.move(tree().resolve("a"), tree().resolve("c"));
        touch("c/b/file");
        Path again = make("a/b");
        Files.createFile(again.resolve("other"));
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "MOVED_FROM a", "MOVED_TO c", "CREATE c/b/file", "CREATE a", "CREATE a/b", "CREATE a/b/other");
    }

    @Test
    void aDirectoryThatIsMovedAwayIsToldNoMore() throws Exception {
        make("a/b");
        start();
        Files.move(tree().resolve("a"), directory.resolve("outside"));
        assertThat(told()).containsExactly("MOVED_FROM a");
        assertThat(source().next(100, () -> {})).isEmpty(); // time for it to be seen elsewhere
        Files.createFile(directory.resolve("outside/b/file"));
        assertThat(told()).isEmpty();
        assertThat(source().rows()).hasSize(1);
    }

    @Test
    void aParentThatHasGoneElsewhereLosesNothing() throws IOException {
        make("a");
        start();
        make("a/x");
        touch("a/x/1");
        Files.move(tree().resolve("a"), tree().resolve("c")); // the event of x leads to nowhere
        make("a/x");
        touch("a/x/2"); // or to another
        told();
        touch("c/x/3");
        touch("a/x/4");
        assertThat(told()).containsExactly("CREATE c/x/3", "CREATE a/x/4");
    }

    @Test
    void whatIsExcludedIsNotWatchedEvenWhenItIsNew() throws Exception {
        start(Selection.ALL, tree() + "/cache");
        make("cache/deep");
        touch("cache/deep/file");
        make("a");
        assertThat(told()).containsExactly("CREATE cache", "CREATE a");
        assertThat(source().rows()).hasSize(2);
    }

    @Test
    void whatToIncludeIsFoundInNewDirectories() throws Exception {
        start(new Selection(Optional.of(PosixPattern.compile("\\.html$", false)), true));
        make("a/b");
        touch("a/b/index.html");
        touch("a/b/index.txt");
        Files.createFile(tree().resolve("last.html"));
        assertThat(source().next(TimeUnit.SECONDS.toMillis(30), () -> {})
                        .orElseThrow()
                        .path())
                .isEqualTo(tree() + "/a/b/index.html");
    }

    /**
     * What is closed before its directory is watched can be told by nobody but us. That files which are written once the
     * watch stands are told by the kernel alone, and not twice, is seen by those that are written after it.
     */
    @Test
    void tellsOnceThatAFileOfANewDirectoryWasWritten() throws IOException {
        Files.createDirectories(tree());
        open(InotifyMask.CREATE | InotifyMask.CLOSE_WRITE);
        make("a/b");
        touch("a/1");
        touch("a/b/2");
        Files.createLink(tree().resolve("a/linked"), Files.writeString(directory.resolve("elsewhere"), "x"));
        Files.createSymbolicLink(tree().resolve("a/link"), Path.of("1"));
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("old"), "x");
        Files.move(outside, tree().resolve("in"));
        assertThat(toldOnce())
                .containsExactlyInAnyOrder(
                        "CREATE a",
                        "CREATE a/1",
                        "CLOSE_WRITE,CLOSE a/1",
                        "CREATE a/linked",
                        "CREATE a/link",
                        "CREATE a/b",
                        "CREATE a/b/2",
                        "CLOSE_WRITE,CLOSE a/b/2",
                        "MOVED_TO in",
                        "CREATE in/old");
        touch("a/b/3");
        assertThat(toldOnce()).containsExactly("CREATE a/b/3", "CLOSE_WRITE,CLOSE a/b/3");
    }

    private List<String> toldOnce() throws IOException {
        List<String> told = told();
        told.removeIf(line -> line.endsWith(" " + LAST));
        return told;
    }

    /** More than the kernel keeps: what it did not is lost, and said; the new directory is watched even so. */
    @Test
    void saysThatEventsWereLostAndWatchesWhatIsNewThen() throws IOException {
        start();
        int kept = InotifyLimits.read().maxQueuedEvents();
        Assumptions.assumeTrue(kept <= 100_000, "the queue of events is too long to be filled here");
        for (int i = 0; i < kept + 10; i++) {
            Files.createFile(tree().resolve("f" + i));
        }
        make("unseen/below");
        int told = 0;
        ToolEvent event = source().next(TimeUnit.SECONDS.toMillis(30), () -> {}).orElseThrow();
        while (!event.has(InotifyMask.QUEUE_OVERFLOW)) {
            told++;
            event = source().next(TimeUnit.SECONDS.toMillis(30), () -> {}).orElseThrow();
        }
        assertThat(told).isEqualTo(kept);
        assertThat(EventNames.of(event.mask(), ',') + event.path()).isEqualTo("Q_OVERFLOW");
        assertThat(troubles).containsExactly("overflow");
        told();
        touch("unseen/below/seen");
        assertThat(told()).containsExactly("CREATE unseen/below/seen");
    }

    @Test
    void namesAreBytes() throws IOException {
        start();
        touch("caf\u00e9");
        byte[] utf8 = {(byte) 0xC3, (byte) 0xA9};
        assertThat(told()).containsExactly("CREATE caf" + ByteText.of(utf8));
    }

    @Test
    void listingANewDirectoryTellsNoEventOfItself() throws IOException {
        Files.createDirectories(tree());
        open(EventNames.ALL);
        make("a/b");
        List<String> told = new ArrayList<>();
        for (Optional<ToolEvent> event = source().next(100, () -> {});
                event.isPresent();
                event = source().next(100, () -> {})) {
            told.add(EventNames.of(event.get().mask(), ',') + " "
                    + event.get().path().substring(tree().toString().length()));
        }
        assertThat(told)
                .containsExactly(
                        "CREATE,ISDIR /a",
                        "CREATE,ISDIR /a/b",
                        "OPEN,ISDIR /a",
                        "ACCESS,ISDIR /a",
                        "CLOSE_NOWRITE,CLOSE,ISDIR /a");
    }
}
