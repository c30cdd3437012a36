package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every cell of the planner's table on a real tree: {@code dir/}, {@code dir/sub/}, {@code dir/file}, {@code file},
 * {@code held}, {@code link -> dir}. An entry planned too much or too little is another list.
 */
class PushPlannerTest {
    @TempDir
    private Path source;

    private PushPlan plan(String marks) throws IOException {
        Files.createDirectories(source.resolve("dir/sub"));
        Files.writeString(source.resolve("dir/file"), "x");
        Files.writeString(source.resolve("file"), "x");
        Files.writeString(source.resolve("held"), "x");
        Files.createSymbolicLink(source.resolve("link"), Path.of("dir"));
        DirtySet dirty = new DirtySet(1 << 20);
        for (String mark : List.of(marks.split(" "))) {
            boolean subtree = mark.endsWith("/**");
            String path = mark.replace("/**", "").replace("ROOT", "");
            boolean listed = mark.endsWith("/*");
            dirty.mark(
                    DirtyPath.of(path.replace("/*", "").getBytes(StandardCharsets.UTF_8)),
                    Dirt.SINGLE | (subtree ? Dirt.SUBTREE : listed ? Dirt.LISTED : 0),
                    0);
        }
        byte[] held = "held".getBytes(StandardCharsets.UTF_8);
        return planner(path -> Arrays.equals(path, held), Long.MAX_VALUE).plan(dirty, dirty.sibling());
    }

    private PushPlanner planner(Predicate<byte[]> held, long maxBytes) {
        byte[] bytes = source.toString().getBytes(StandardCharsets.UTF_8);
        return new PushPlanner(bytes, held, new LinkedNames(true), maxBytes);
    }

    private static List<String> texts(List<byte[]> paths) {
        return paths.stream()
                .map(path -> new String(path, StandardCharsets.UTF_8))
                .map(path -> path.isEmpty() ? "ROOT" : path)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # marks                | singles        | subtrees
                    file                   | file           | -
                    gone                   | gone           | -
                    link                   | link           | -
                    held                   | -              | -
                    dir                    | dir            | -
                    ROOT                   | ROOT           | -
                    file/**                | file           | -
                    gone/**                | gone           | -
                    link/**                | link           | -
                    held/**                | -              | -
                    dir/**                 | -              | dir
                    ROOT/**                | -              | ROOT
                    gone/a/b gone/c        | gone           | -
                    file/a file/b/**       | file           | -
                    link/file              | link           | -
                    dir/gone/x             | dir/gone       | -
                    dir dir/file           | dir/file       | -
                    dir dir/gone           | dir/gone       | -
                    dir dir/sub/**         | -              | dir/sub
                    dir/** dir/file        | -              | dir
                    dir/sub dir/file       | dir/file dir/sub | -
                    ROOT file              | file           | -
                    ROOT held              | ROOT           | -
                    file dir/sub/**        | file           | dir/sub
                    dir/*                  | dir/           | -
                    file/*                 | file           | -
                    gone/*                 | gone           | -
                    ROOT/*                 | ./             | -
                    dir/* dir/file         | dir/ dir/file  | -
                    dir/* dir/sub/**       | dir/           | dir/sub
                    """)
    void plansWhatIsThereNow(String marks, String singles, String subtrees) throws IOException {
        PushPlan plan = plan(marks);
        assertThat(texts(plan.singles())).isEqualTo(words(singles));
        assertThat(texts(plan.subtrees())).isEqualTo(words(subtrees));
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }

    /** An unmounted source must not empty the replicas. */
    @Test
    void refusesASourceThatIsNotThere() {
        byte[] missing = source.resolve("missing").toString().getBytes(StandardCharsets.UTF_8);
        DirtySet dirty = new DirtySet(1000);
        dirty.mark(DirtyPath.of(new byte[0]), Dirt.SUBTREE, 0);
        assertThatThrownBy(() ->
                        new PushPlanner(missing, path -> false, new LinkedNames(true), 0).plan(dirty, dirty.sibling()))
                .isInstanceOf(IOException.class);
    }

    /** Two sessions would make two files of it. */
    @Test
    void namesOfOneFileGoInOneSession() throws IOException {
        Files.writeString(source.resolve("one"), "content");
        Files.createLink(source.resolve("two"), source.resolve("one"));
        DirtySet dirty = dirty(Dirt.SINGLE, "two");
        dirty.mark(DirtyPath.of("one".getBytes(StandardCharsets.UTF_8)), Dirt.SINGLE | Dirt.CONTENT, 0);
        PushPlan plan = planner(path -> false, 1 << 20).plan(dirty, dirty.sibling());
        assertThat(texts(plan.written())).containsExactlyInAnyOrder("one", "two");
        assertThat(plan.byTime()).isEmpty();
    }

    /** The event was about a file that the name does not stand for any more; the file's other names are all that is left of it. */
    @Test
    void plansTheOtherNamesOfWhatANameStoodFor() throws IOException {
        Files.writeString(source.resolve("one"), "content");
        Files.createLink(source.resolve("two"), source.resolve("one"));
        PushPlanner planner = planner(path -> false, 1 << 20);
        DirtySet linked = dirty(Dirt.SINGLE, "two");
        planner.plan(linked, linked.sibling());

        Files.writeString(source.resolve("two"), "changed");
        Files.writeString(source.resolve("new"), "new");
        Files.move(source.resolve("new"), source.resolve("two"), StandardCopyOption.REPLACE_EXISTING);
        DirtySet written = dirty(Dirt.SINGLE | Dirt.CONTENT, "two");
        PushPlan plan = planner.plan(written, written.sibling());
        assertThat(texts(plan.leaves())).containsExactly("one", "two");
        assertThat(texts(plan.written())).containsExactly("one", "two");
    }

    /** Of a name that is excluded nothing is known but that the file's other names are dirty: if it is gone, that is no deletion. */
    @Test
    void plansOnlyTheOtherNamesOfAFileThatChangedUnderAnExcludedOne() throws IOException {
        Files.writeString(source.resolve("one"), "content");
        Files.createLink(source.resolve("two"), source.resolve("one"));
        PushPlanner planner = planner(path -> false, 1 << 20);
        DirtySet written = dirty(Dirt.LINKED | Dirt.CONTENT, "two", "never seen");
        PushPlan plan = planner.plan(written, written.sibling());
        assertThat(texts(plan.singles())).containsExactly("one");
        assertThat(texts(plan.written())).containsExactly("one");

        DirtySet changed = dirty(Dirt.LINKED, "two");
        PushPlan attributes = planner.plan(changed, changed.sibling());
        assertThat(texts(attributes.singles())).containsExactly("one");
        assertThat(attributes.written()).isEmpty();

        Files.delete(source.resolve("two"));
        DirtySet gone = dirty(Dirt.LINKED | Dirt.CONTENT, "two");
        assertThat(texts(planner.plan(gone, gone.sibling()).singles())).containsExactly("one");
    }

    private static DirtySet dirty(int dirt, String... paths) {
        DirtySet set = new DirtySet(1 << 20);
        for (String path : paths) {
            set.mark(DirtyPath.of(path.getBytes(StandardCharsets.UTF_8)), dirt, 5);
        }
        return set;
    }

    private static void mark(DirtySet set, String path, int dirt) {
        set.mark(DirtyPath.of(path.getBytes(StandardCharsets.UTF_8)), dirt, 5);
    }

    /** A full look is cheap; what it does not see goes in the next plan, by content. */
    @Test
    void plansWhatIsWrittenBelowASubtreeLater() throws IOException {
        Files.createDirectories(source.resolve("dir"));
        Files.writeString(source.resolve("dir/page"), "x");
        PushPlanner planner = planner(path -> false, 1 << 20);
        for (String subtree : List.of("", "dir")) {
            DirtySet dirty = dirty(Dirt.SINGLE | Dirt.CONTENT, "dir/page");
            mark(dirty, subtree, Dirt.SUBTREE);
            DirtySet rest = dirty.sibling();
            PushPlan plan = planner.plan(dirty, rest);
            assertThat(texts(plan.plainSubtrees())).containsExactly(subtree.isEmpty() ? "ROOT" : subtree);
            assertThat(plan.written()).isEmpty();
            PushPlan next = planner.plan(rest, rest.sibling());
            assertThat(texts(next.writtenLeaves())).containsExactly("dir/page");
            assertThat(next.subtrees()).isEmpty();
            // what has to go in one session is compared
            assertThat(planner.plan(dirty).comparedSubtrees()).hasSize(1);
        }
    }

    /** Where names stand for other files than before, or nobody knows any more which of many was written to. */
    @Test
    void comparesSubtreesAndListingsOfWhichSizesAndTimesTellNothing() throws IOException {
        Files.createDirectories(source.resolve("replaced"));
        Files.createDirectories(source.resolve("arrived"));
        Files.createDirectories(source.resolve("listed"));
        DirtySet dirty = dirty(Dirt.SUBTREE | Dirt.REPLACED, "replaced", "gone");
        mark(dirty, "arrived", Dirt.SUBTREE);
        mark(dirty, "listed", Dirt.SINGLE | Dirt.LISTED | Dirt.CONTENT);
        PushPlan plan = planner(path -> false, 1 << 20).plan(dirty, dirty.sibling());
        assertThat(texts(plan.comparedSubtrees())).containsExactly("replaced");
        assertThat(texts(plan.plainSubtrees())).containsExactly("arrived");
        assertThat(texts(plan.comparedListings())).containsExactly("listed/");
        assertThat(plan.byTime()).isEmpty();
        assertThat(texts(plan.missing())).containsExactly("gone");
        DirtySet again = new DirtySet(1 << 20);
        plan.markIn(again);
        PushPlan same = planner(path -> false, 1 << 20).plan(again);
        assertThat(texts(same.comparedSubtrees())).containsExactly("replaced");
        assertThat(texts(same.comparedListings())).containsExactly("listed/");
        mark(dirty, "", Dirt.SUBTREE | Dirt.REPLACED);
        PushPlan whole = planner(path -> false, 1 << 20).plan(dirty, dirty.sibling());
        assertThat(SessionKind.whole(whole)).isEqualTo(SessionKind.COMPARED_WHOLE);
    }

    /** Between the plan and the session something may have got a name that was to be deleted. */
    @Test
    void looksAgainAtNamesThatWereMissing() throws IOException {
        DirtySet dirty = dirty(Dirt.SINGLE | Dirt.REPLACED, "file", "dir", "gone");
        PushPlanner planner = planner(path -> false, 1 << 20);
        PushPlan plan = planner.plan(dirty, dirty.sibling());
        assertThat(plan.missing()).hasSize(3);
        Files.createDirectories(source.resolve("dir"));
        Files.writeString(source.resolve("file"), "x");
        DirtySet rest = dirty.sibling();
        planner.lookAgain(plan, rest, 7);
        PushPlan again = planner.plan(rest, rest.sibling());
        assertThat(texts(again.comparedSubtrees())).containsExactly("dir");
        assertThat(texts(again.writtenLeaves())).containsExactly("file");
        assertThat(again.missing()).isEmpty();
    }

    /** A session may have brought a file with several names of which no plan ever had one: what it saw is enough. */
    @Test
    void knowsNamesThatSessionsSaw() throws IOException {
        Files.writeString(source.resolve("one"), "content");
        Files.createLink(source.resolve("two"), source.resolve("one"));
        PushPlanner planner = planner(path -> false, 1 << 20);
        FileStatus status = new FileStatus();
        try (DirectoryHandle root = DirectoryHandle.open(source.toString().getBytes(StandardCharsets.UTF_8))) {
            root.status("two".getBytes(StandardCharsets.UTF_8), false, status);
        }
        planner.links().saw("two".getBytes(StandardCharsets.UTF_8), status);
        Files.delete(source.resolve("two"));
        // each replica has a plan of its own, for what happened before the first of them was made
        for (int replica = 0; replica < 3; replica++) {
            DirtySet dirty = dirty(Dirt.SINGLE | Dirt.CONTENT | Dirt.LINKED, "two");
            PushPlan plan = planner.plan(dirty, dirty.sibling());
            assertThat(texts(plan.missing())).containsExactly("two");
            assertThat(texts(plan.writtenLeaves())).containsExactly("one");
        }
        // what happens to the name afterwards is not the old file's affair
        DirtySet later = new DirtySet(1 << 20);
        later.mark(DirtyPath.of("two".getBytes(StandardCharsets.UTF_8)), Dirt.SINGLE, System.nanoTime());
        assertThat(planner.plan(later, later.sibling()).leaves()).isEmpty();
    }

    /** With hard links, names of one file go in one session, wherever they are: else the replica has two files. */
    @Test
    void plansAllNamesOfWhatIsInASubtreeAndElsewhere() throws IOException {
        Files.createDirectories(source.resolve("dir/deep"));
        Files.writeString(source.resolve("one"), "x");
        Files.createLink(source.resolve("dir/deep/two"), source.resolve("one"));
        Files.writeString(source.resolve("dir/three"), "x");
        Files.createLink(source.resolve("dir/deep/four"), source.resolve("dir/three"));
        DirtySet dirty = dirty(Dirt.SUBTREE, "dir");
        PushPlan plan = planner(path -> false, 1 << 20).plan(dirty, dirty.sibling());
        assertThat(texts(plan.leaves())).containsExactly("dir/deep/two", "one");
        assertThat(texts(plan.subtrees())).containsExactly("dir");
        byte[] bytes = source.toString().getBytes(StandardCharsets.UTF_8);
        PushPlanner apart = new PushPlanner(bytes, path -> false, new LinkedNames(false), 1 << 20);
        assertThat(apart.plan(dirty, dirty.sibling()).leaves()).isEmpty();
    }

    /** What is more than a session is to carry comes back; a file alone goes, however large. */
    @Test
    void givesBackWhatIsTooMuch() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            Files.write(source.resolve(name), new byte[60]);
        }
        DirtySet dirty = dirty(Dirt.SINGLE | Dirt.CONTENT, "a", "b", "c", "gone");
        DirtySet rest = dirty.sibling();
        PushPlan plan = planner(path -> false, 50).plan(dirty, rest);
        assertThat(plan.leaves()).hasSize(1);
        assertThat(texts(plan.missing())).containsExactly("gone");
        assertThat(rest.size()).isEqualTo(2);
        assertThat(rest.root().entries()).allMatch(entry -> entry.dirt() == (Dirt.SINGLE | Dirt.CONTENT));
        assertThat(rest.since()).isEqualTo(5);
    }

    /** The kernel tells one name of a file that was written to; all have to go, and be compared by content. */
    @Test
    void plansAllNamesOfAFile() throws IOException {
        Files.createDirectories(source.resolve("x/y"));
        Files.writeString(source.resolve("one"), "x");
        Files.createLink(source.resolve("x/y/two"), source.resolve("one"));
        Files.createLink(source.resolve("x/three"), source.resolve("one"));
        Files.writeString(source.resolve("other"), "x");
        PushPlanner planner = planner(path -> false, 1000);
        DirtySet dirty = dirty(Dirt.SINGLE | Dirt.CONTENT, "one", "other");
        PushPlan plan = planner.plan(dirty, dirty.sibling());
        assertThat(texts(plan.leaves())).containsExactly("one", "other", "x/three", "x/y/two");
        assertThat(texts(plan.written())).containsExactly("one", "other", "x/three", "x/y/two");

        // a name that is new to the planner comes with its own event; from then on it belongs to the others
        Files.createLink(source.resolve("four"), source.resolve("one"));
        DirtySet linked = dirty(Dirt.SINGLE, "four");
        assertThat(texts(planner.plan(linked, linked.sibling()).leaves()))
                .containsExactly("four", "one", "x/three", "x/y/two");
        DirtySet again = dirty(Dirt.SINGLE, "x/three");
        assertThat(texts(planner.plan(again, again.sibling()).leaves()))
                .containsExactly("four", "one", "x/three", "x/y/two");

        // names that moved with their directory have no events of their own
        Files.move(source.resolve("x"), source.resolve("z"));
        DirtySet moved = dirty(Dirt.SINGLE | Dirt.SUBTREE, "z", "x");
        planner.plan(moved, moved.sibling());
        DirtySet last = dirty(Dirt.SINGLE, "one");
        assertThat(texts(planner.plan(last, last.sibling()).leaves()))
                .containsExactly("four", "one", "z/three", "z/y/two");
    }

    /** Which of the files are compared by content: those written to, and few others if that saves a session. */
    @Test
    void comparesByContentWhatWasWrittenTo() throws IOException {
        Files.write(source.resolve("large"), new byte[1 << 20]);
        Files.writeString(source.resolve("small"), "x");
        Files.writeString(source.resolve("page"), "x");
        DirtySet dirty = dirty(Dirt.SINGLE, "small", "gone");
        dirty.mark(DirtyPath.of("page".getBytes(StandardCharsets.UTF_8)), Dirt.SINGLE | Dirt.CONTENT, 0);
        PushPlan cheap = planner(path -> false, Long.MAX_VALUE).plan(dirty, dirty.sibling());
        assertThat(texts(cheap.byContent())).containsExactly("page", "small");
        assertThat(cheap.byTime()).isEmpty();
        dirty.mark(DirtyPath.of("large".getBytes(StandardCharsets.UTF_8)), Dirt.SINGLE, 0);
        PushPlan dear = planner(path -> false, Long.MAX_VALUE).plan(dirty, dirty.sibling());
        assertThat(texts(dear.byContent())).containsExactly("page");
        assertThat(texts(dear.byTime())).containsExactly("large", "small");
        DirtySet unwritten = dirty(Dirt.SINGLE, "small");
        PushPlan none = planner(path -> false, Long.MAX_VALUE).plan(unwritten, unwritten.sibling());
        assertThat(none.byContent()).isEmpty();
        assertThat(texts(none.byTime())).containsExactly("small");
    }
}
