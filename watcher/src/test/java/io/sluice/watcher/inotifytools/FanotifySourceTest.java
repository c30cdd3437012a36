package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.InotifyMask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * That fanotify tells all that happens in what was named, by the names it had then, and nothing else. Events are read only
 * after all edits, so that directories are often gone, or elsewhere, when they are read. Another process edits: what this
 * one does is not told.
 */
@Timeout(60)
class FanotifySourceTest {
    private static final int NAMES =
            InotifyMask.CREATE | InotifyMask.DELETE | InotifyMask.MOVED_FROM | InotifyMask.MOVED_TO;
    private static final int WRITING = NAMES | InotifyMask.CLOSE_WRITE;

    @TempDir
    private Path directory;

    private final List<String> troubles = new ArrayList<>();
    private @Nullable EventSource opened;

    @BeforeEach
    void needsRoot() throws IOException {
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "fanotify needs root");
    }

    private EventSource source() {
        return Objects.requireNonNull(opened);
    }

    @AfterEach
    void close() throws IOException {
        EventSource last = opened;
        if (last != null) {
            last.close();
        }
    }

    private void start(Backend backend, int mask, boolean recursive, String name, String... excluded)
            throws IOException {
        Set<String> absolute = Set.of(List.of(excluded).stream()
                .map(directory::resolve)
                .map(Path::toString)
                .toArray(String[]::new));
        PathList paths = new PathList(List.of(), absolute);
        EventSource.Settings settings = new EventSource.Settings(mask, recursive, false, Selection.ALL, paths);
        opened = EventSource.open(backend, settings, new RecordedTroubles(troubles));
        source().watch(directory.resolve(name).toString(), recursive);
    }

    private void start(int mask, boolean recursive, String name, String... excluded) throws IOException {
        start(Backend.FANOTIFY, mask, recursive, name, excluded);
    }

    private void shell(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-ec", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What was told until now, each with its path in the directory. */
    private List<String> told(String lastIn) throws IOException, InterruptedException {
        shell("mkdir " + lastIn + "/last");
        List<String> told = new ArrayList<>();
        while (true) {
            ToolEvent event =
                    source().next(TimeUnit.SECONDS.toMillis(30), () -> {}).orElseThrow();
            if (!event.path().startsWith(directory + "/")) {
                continue; // of others, on the same file system
            }
            String path = event.path().substring(directory.toString().length() + 1);
            if (path.endsWith("/last")) {
                shell("rmdir " + lastIn + "/last");
                assertThat(source().next(TimeUnit.SECONDS.toMillis(30), () -> {}))
                        .isPresent();
                return told;
            }
            told.add(EventNames.of(event.mask() & ~InotifyMask.IS_DIRECTORY, ',') + " " + path);
        }
    }

    @Test
    void losesNothingInNewDirectoriesNorInThoseThatAreGone() throws Exception {
        shell("mkdir -p t/old; echo x > t/old/file");
        start(WRITING, true, "t");
        shell("mkdir t/a; echo x > t/a/1; mkdir t/a/b; echo x > t/a/b/2; rm -r t/a; rm -r t/old");
        assertThat(told("t"))
                .containsExactly(
                        "CREATE t/a",
                        "CREATE t/a/1",
                        "CLOSE_WRITE,CLOSE t/a/1",
                        "CREATE t/a/b",
                        "CREATE t/a/b/2",
                        "CLOSE_WRITE,CLOSE t/a/b/2",
                        "DELETE t/a/b/2",
                        "DELETE t/a/b",
                        "DELETE t/a/1",
                        "DELETE t/a",
                        "DELETE t/old/file",
                        "DELETE t/old");
        assertThat(troubles).isEmpty();
    }

    /** What happens anywhere in the tree counts by where its top is, which was to be looked up among the forgotten. */
    @Test
    void tellsEventsOfATreeWithMoreDirectoriesThanItRemembers() throws Exception {
        shell("mkdir -p t/a t/b t/c t/d t/e");
        EventSource.Settings settings =
                new EventSource.Settings(NAMES, true, false, Selection.ALL, new PathList(List.of(), Set.of()));
        opened = new FanotifySource(settings, false, new RecordedTroubles(troubles), new DirectoryNames(3));
        source().watch(directory.resolve("t").toString(), true);
        shell("touch t/a/1; touch t/e/2");
        assertThat(told("t")).containsExactly("CREATE t/a/1", "CREATE t/e/2");
    }

    @Test
    void whatIsRenamedHasItsNameOfThen() throws Exception {
        shell("mkdir -p t/a/b out/in");
        start(NAMES, true, "t");
        shell("touch t/a/b/1; mv t/a t/c; touch t/c/b/2; mv out/in t/in; touch t/in/3; mv t/c out/c; touch out/c/b/4");
        assertThat(told("t"))
                .containsExactly(
                        "CREATE t/a/b/1",
                        "MOVED_FROM t/a",
                        "MOVED_TO t/c",
                        "CREATE t/c/b/2",
                        "MOVED_TO t/in",
                        "CREATE t/in/3",
                        "MOVED_FROM t/c");
    }

    /** The kernel makes one event of the two of each name, so that their order is lost. */
    @Test
    void whatWasRenamedAndBackIsWhereItIs() throws Exception {
        shell("mkdir -p t/a/below");
        start(NAMES, true, "t");
        shell("mv t/a t/b; mv t/b t/a; touch t/a/below/1");
        assertThat(told("t")).contains("CREATE t/a/below/1");
        shell("touch t/a/2");
        assertThat(told("t")).containsExactly("CREATE t/a/2");
    }

    @Test
    void aTreeIsFollowedWhenADirectoryAboveItIsRenamed() throws Exception {
        shell("mkdir -p above/t/a");
        start(NAMES, true, "above/t");
        shell("mv above over; touch over/t/a/1");
        assertThat(told("over/t")).containsExactly("CREATE over/t/a/1");
    }

    @Test
    void aDirectoryAloneIsItsNamesOnly() throws Exception {
        shell("mkdir -p t/sub other");
        start(NAMES | InotifyMask.ATTRIBUTES, false, "t");
        shell("touch t/1; touch t/sub/no other/no; chmod 700 t/sub; mkdir t/new; touch t/new/no");
        assertThat(told("t"))
                .containsExactly("CREATE t/1", "ATTRIB t/1", "ATTRIB t/sub/", "CREATE t/new")
                .doesNotContain("CREATE t/sub/no");
    }

    @Test
    void aFileIsFollowedWhereverItIs() throws Exception {
        shell("mkdir t; echo x > t/file");
        start(InotifyMask.CLOSE_WRITE | InotifyMask.MOVE_SELF | InotifyMask.DELETE_SELF, false, "t/file");
        shell("echo y > t/file; echo y > t/other; mv t/file t/moved; echo z > t/moved; echo z > t/file; rm t/moved");
        List<String> told = new ArrayList<>();
        while (told.isEmpty() || !told.getLast().startsWith("DELETE_SELF")) {
            ToolEvent event = source().next(TimeUnit.SECONDS.toMillis(30), () -> {})
                    .orElseThrow(() -> new AssertionError("told was only " + told));
            told.add(EventNames.of(event.mask(), ',') + " "
                    + event.path().substring(directory.toString().length() + 1));
        }
        assertThat(told)
                .containsExactly(
                        "CLOSE_WRITE,CLOSE t/file",
                        "MOVE_SELF t/file",
                        "CLOSE_WRITE,CLOSE t/moved",
                        "DELETE_SELF t/file");
    }

    @Test
    void whatIsExcludedIsLeftOutBeforeAndAfterItIsMadeAnew() throws Exception {
        shell("mkdir -p t/cache/deep");
        start(NAMES, true, "t", "t/cache");
        shell("touch t/cache/deep/no; rm -r t/cache; mkdir t/cache; touch t/cache/no; touch t/yes");
        assertThat(told("t")).containsExactly("DELETE t/cache", "CREATE t/cache", "CREATE t/yes");
    }

    @Test
    void aWholeFileSystemIsWhatNobodyNamedToo() throws Exception {
        shell("mkdir -p t other");
        start(Backend.FILE_SYSTEM, NAMES, false, "t");
        shell("touch other/1; mkdir other/new; touch other/new/2");
        assertThat(told("other")).containsExactly("CREATE other/1", "CREATE other/new", "CREATE other/new/2");
    }

    /** To write an event to a file there would make another one. */
    @Test
    void whatThisProcessDoesIsNotTold() throws Exception {
        shell("mkdir t");
        start(WRITING, true, "t");
        Files.writeString(directory.resolve("t/own"), "x");
        shell("touch t/theirs");
        assertThat(told("t")).containsExactly("CREATE t/theirs", "CLOSE_WRITE,CLOSE t/theirs");
    }
}
