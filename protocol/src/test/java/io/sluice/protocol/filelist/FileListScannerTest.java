package io.sluice.protocol.filelist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.Identity;
import io.sluice.linux.KernelBytes;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks through a small real tree; what a test expects is what rsync(1) says of its arguments, path by path. */
class FileListScannerTest {
    private static final int NOBODY = 65534;

    @TempDir
    Path root;

    private final List<Notice> notices = new ArrayList<>();
    private FilterList filters = FilterList.EMPTY;
    private int ioError;

    @BeforeEach
    void plant() throws IOException {
        for (String file : List.of("site/index", "site/img/a", "site/img/b", "site/zz/deep/x", "other/index", "top")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), file);
        }
        Files.createSymbolicLink(root.resolve("site/link"), Path.of("img"));
    }

    /** All that a scan needs to be told. */
    private record Setup(boolean incremental, TreePolicy policy, TransferOptions options) {
        Setup with(SelectionOptions selection) {
            return new Setup(incremental, policy, options.with(selection));
        }
    }

    private static Setup setup(boolean incremental) {
        Capture capture = ListBytes.capture(incremental);
        return new Setup(incremental, TreePolicy.CONFINED, capture.options());
    }

    private static Setup relative() {
        return setup(true).with(Capture.selection(true, MissingArgs.ERROR));
    }

    private static SelectionOptions withoutRecursion(boolean directories) {
        return TransferOptions.DEFAULT
                .edit(draft -> {
                    draft.directories = directories;
                    draft.incrementalRecursion = false;
                })
                .selection();
    }

    private FileList scan(Setup setup, String... arguments) throws IOException {
        return scan(setup, List.of(arguments), false);
    }

    private FileList scan(Setup setup, List<String> arguments, boolean filesFrom) throws IOException {
        List<byte[]> names =
                arguments.stream().map(name -> name.getBytes(UTF_8)).toList();
        TransferListener listener = new TransferListener() {
            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        };
        FilterScope scope = new FilterScope(filters, FilterList.EMPTY, Side.SENDER, false);
        var session = ListBytes.capture(setup.incremental).session();
        try (FileTree tree = FileTree.open(root.toString().getBytes(UTF_8), setup.policy);
                var scanner = new FileListScanner(tree, session, setup.options, scope, listener)) {
            var list = new FileList(setup.incremental);
            list.add(
                    filesFrom
                            ? scanner.scanNames(list, names.getFirst(), names.subList(1, names.size()))
                            : scanner.scanArguments(list, names));
            while (list.nextDirectoryToScan() >= 0) {
                list.add(scanner.scanDirectory(list, list.nextDirectoryToScan()));
            }
            list.complete();
            ioError = scanner.ioError();
            return list;
        }
    }

    private static List<String> paths(FileList list) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < list.segments(); i++) {
            paths.addAll(paths(list.segment(i)));
        }
        return paths;
    }

    private static List<String> paths(Segment segment) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < segment.size(); i++) {
            FileEntry entry = segment.entry(i);
            paths.add(KernelBytes.show(entry.path()) + (entry.isDirectory() ? "/" : ""));
        }
        return paths;
    }

    private static FileEntry entry(FileList list, String path) {
        for (int i = 0; i < list.segments(); i++) {
            int found = list.segment(i).find(path.getBytes(UTF_8), false);
            if (found >= 0) {
                return list.segment(i).entry(found);
            }
        }
        throw new AssertionError("no entry " + path + " in " + paths(list));
    }

    private List<String> texts() {
        return notices.stream().map(notice -> new String(notice.text(), UTF_8)).toList();
    }

    @Test
    void sendsADirectoryByItsName() throws IOException {
        assertThat(paths(scan(setup(false), "site")))
                .containsExactly(
                        "site/",
                        "site/index",
                        "site/link",
                        "site/img/",
                        "site/img/a",
                        "site/img/b",
                        "site/zz/",
                        "site/zz/deep/",
                        "site/zz/deep/x");
    }

    @Test
    void sendsTheContentAfterATrailingSlash() throws IOException {
        FileList list = scan(setup(false), "site/");
        assertThat(paths(list))
                .startsWith("./", "index", "link", "img/", "img/a")
                .doesNotContain("site/");
        assertThat(entry(list, ".").isTopDirectory()).isTrue();
        assertThat(new String(entry(list, "link").linkTarget(), UTF_8)).isEqualTo("img");
    }

    /** The same tree by both ways of sending: a file that one of them lost would be missing from one set. */
    @ParameterizedTest
    @ValueSource(strings = {"site", "site/", ".", "site/zz/", "other/../site"})
    void findsTheSameWithAndWithoutSegments(String argument) throws IOException {
        var whole = new TreeSet<>(paths(scan(setup(false), argument)));
        var segments = new TreeSet<>(paths(scan(setup(true), argument)));
        assertThat(segments).isEqualTo(whole).isNotEmpty();
    }

    @Test
    void sendsOneDirectoryASegment() throws IOException {
        FileList list = scan(setup(true), "site/");
        assertThat(paths(list.segment(0))).containsExactly("./", "index", "link", "img/", "zz/");
        assertThat(paths(list.segment(1))).containsExactly("img/a", "img/b");
        assertThat(paths(list.segment(2))).containsExactly("zz/deep/");
        assertThat(paths(list.segment(3))).containsExactly("zz/deep/x");
        assertThat(list.segments()).isEqualTo(4);
    }

    /** Two sources with a directory of the same name: it is sent twice, and its content once, from both. */
    @Test
    void joinsDirectoriesOfOneName() throws IOException {
        Files.createDirectories(root.resolve("other/img"));
        Files.writeString(root.resolve("other/img/c"), "c");
        FileList list = scan(setup(true), "site/", "other/");
        assertThat(paths(list.segment(1))).containsExactly("img/a", "img/b", "img/c");
        FileEntry a = list.segment(1).entry(0);
        FileEntry c = list.segment(1).entry(2);
        assertThat(a.source()).isNotEqualTo(c.source());
        assertThat(paths(list)).filteredOn(path -> path.equals("img/")).hasSize(2);
        assertThat(list.segments()).isEqualTo(4);
    }

    @Test
    void opensFilesThroughTheirSource() throws IOException {
        FilterScope scope = new FilterScope(FilterList.EMPTY, FilterList.EMPTY, Side.SENDER, false);
        Setup setup = setup(false);
        try (FileTree tree = FileTree.open(root.toString().getBytes(UTF_8), TreePolicy.OPERATOR);
                var scanner = new FileListScanner(
                        tree, ListBytes.capture(false).session(), setup.options, scope, TransferListener.NONE)) {
            var list = new FileList(false);
            String absolute = root.resolve("other/index").toString();
            list.add(scanner.scanArguments(list, List.of("site/zz/deep/x".getBytes(UTF_8), absolute.getBytes(UTF_8))));
            for (int i = 0; i < 2; i++) {
                FileEntry entry = list.segment(0).entry(i);
                try (var file = scanner.source(entry.source()).openForReading(entry.path())) {
                    byte[] content = new byte[100];
                    int length = file.read(content, 0, 100);
                    assertThat(new String(content, 0, length, UTF_8)).endsWith(KernelBytes.show(entry.path()));
                }
            }
        }
    }

    @Test
    void skipsDirectoriesWithoutRecursion() throws IOException {
        FileList list = scan(setup(false).with(withoutRecursion(false)), "site", "top");
        assertThat(paths(list)).containsExactly("top");
        assertThat(texts()).containsExactly("skipping directory site");
    }

    @Test
    void sendsDirectoriesWithoutContentWithDirs() throws IOException {
        FileList list = scan(setup(false).with(withoutRecursion(true)), "site", "top");
        assertThat(paths(list)).containsExactly("top", "site/");
        assertThat(entry(list, "site").hasContent()).isFalse();
    }

    @Test
    void sendsOneLevelOfADirectoryThatEndsInASlashWithDirs() throws IOException {
        FileList list = scan(setup(false).with(withoutRecursion(true)), "site/");
        assertThat(paths(list)).containsExactly("./", "index", "link", "img/", "zz/");
        assertThat(entry(list, ".").hasContent()).isTrue();
        assertThat(entry(list, "img").hasContent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsParentsWithRelative(boolean incremental) throws IOException {
        Setup setup = setup(incremental).with(Capture.selection(true, MissingArgs.ERROR));
        FileList list = scan(setup, "site/zz/deep/x", "site/img");
        assertThat(paths(list))
                .containsOnly(
                        "site/",
                        "site/zz/",
                        "site/zz/deep/",
                        "site/zz/deep/x",
                        "site/img/",
                        "site/img/a",
                        "site/img/b");
        assertThat(entry(list, "site").isImpliedDirectory()).isTrue();
        assertThat(entry(list, "site/zz").isImpliedDirectory()).isTrue();
        assertThat(entry(list, "site/img").isTopDirectory()).isTrue();
        assertThat(entry(list, "site/img").hasContent()).isTrue();
    }

    @Test
    void cutsPathsAtThePivot() throws IOException {
        assertThat(paths(scan(relative(), "site/./zz/deep"))).containsExactly("zz/", "zz/deep/", "zz/deep/x");
        assertThat(paths(scan(relative(), "./site/img/a"))).containsExactly("./", "site/", "site/img/", "site/img/a");
    }

    @ParameterizedTest
    @EnumSource(TreePolicy.class)
    void readsFilesFrom(TreePolicy policy) throws IOException {
        Setup base = relative();
        Setup setup = new Setup(true, policy, base.options);
        FileList list = scan(setup, List.of("site", "/img/a", "../zz/deep/x", "index"), true);
        assertThat(paths(list)).containsOnly("index", "img/", "img/a", "zz/", "zz/deep/", "zz/deep/x");
        assertThat(ioError).isZero();
    }

    @Test
    void failsIfFilesFromHasNoBase() {
        assertThatThrownBy(() -> scan(relative(), List.of("nowhere", "x"), true))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FILE_SELECT));
        assertThat(texts())
                .containsExactly("rsync: [sender] change_dir \"nowhere\" failed: No such file or directory (2)");
    }

    @Test
    void reportsAMissingArgument() throws IOException {
        assertThat(paths(scan(setup(false), "nothing", "top"))).containsExactly("top");
        assertThat(texts())
                .containsExactly("rsync: [sender] link_stat \"nothing\" failed: No such file or directory (2)");
        assertThat(notices.getFirst().severity()).isEqualTo(Notice.Severity.ERROR_XFER);
        assertThat(ioError).isZero();
    }

    @Test
    void ignoresAMissingArgumentIfAsked() throws IOException {
        Setup setup = setup(false).with(Capture.selection(false, MissingArgs.IGNORE));
        assertThat(paths(scan(setup, "nothing", "top"))).containsExactly("top");
        assertThat(notices).isEmpty();
    }

    @Test
    void sendsAMissingArgumentForDeletion() throws IOException {
        Setup setup = setup(false).with(Capture.selection(false, MissingArgs.DELETE));
        FileList list = scan(setup, "nothing", "top");
        assertThat(paths(list)).containsExactly("nothing", "top");
        assertThat(entry(list, "nothing").isMissing()).isTrue();
    }

    @Test
    void reportsADirectoryThatCannotBeRead() throws IOException {
        Path locked = root.resolve("site/img");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        FileList list = scanWithoutPrivilege("site/");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(paths(list)).contains("index", "img/", "zz/deep/x").doesNotContain("img/a");
        assertThat(texts()).containsExactly("rsync: [sender] opendir \"site/img\" failed: Permission denied (13)");
        assertThat(ioError).isEqualTo(FileListScanner.IO_ERROR_GENERAL);
    }

    /** Root may read everything: then this thread is somebody else for a while. */
    private FileList scanWithoutPrivilege(String argument) throws IOException {
        if (Identity.fileUser() != 0) {
            return scan(setup(true), argument);
        }
        Identity nobody = Identity.assume(NOBODY, NOBODY, new int[0]);
        try {
            return scan(setup(true), argument);
        } finally {
            nobody.close();
        }
    }

    @Test
    void reportsADirectoryThatVanished() throws IOException {
        FilterScope scope = new FilterScope(FilterList.EMPTY, FilterList.EMPTY, Side.SENDER, false);
        TransferListener listener = new TransferListener() {
            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        };
        Setup setup = setup(true);
        try (FileTree tree = FileTree.open(root.toString().getBytes(UTF_8), TreePolicy.CONFINED);
                var scanner =
                        new FileListScanner(tree, ListBytes.capture(true).session(), setup.options, scope, listener)) {
            var list = new FileList(true);
            list.add(scanner.scanArguments(list, List.of("site/".getBytes(UTF_8))));
            Files.delete(root.resolve("site/img/a"));
            Files.delete(root.resolve("site/img/b"));
            Files.delete(root.resolve("site/img"));
            Segment content = scanner.scanDirectory(list, list.nextDirectoryToScan());
            assertThat(content.size()).isZero();
            assertThat(scanner.ioError()).isEqualTo(FileListScanner.IO_ERROR_VANISHED);
            assertThat(texts()).containsExactly("directory has vanished: \"site/img\"");
        }
    }

    @Test
    void leavesOutWhatIsExcluded() throws IOException {
        filters = new FilterList.Builder().exclude("/site/img").exclude("x").build();
        for (boolean incremental : new boolean[] {true, false}) {
            assertThat(paths(scan(setup(incremental), "site", "top")))
                    .containsExactlyInAnyOrder("top", "site/", "site/index", "site/link", "site/zz/", "site/zz/deep/");
        }
        assertThat(paths(scan(setup(false), "site/zz/deep/x"))).isEmpty();
        assertThat(ioError).isZero();
    }

    @Test
    void changesModes() throws IOException {
        Setup setup = setup(false);
        TransferOptions changed = setup.options.edit(draft -> draft.chmod.add("D2750,F604"));
        FileList list = scan(new Setup(false, TreePolicy.CONFINED, changed), "site");
        assertThat(entry(list, "site/img").mode()).isEqualTo(0042750);
        assertThat(entry(list, "site/index").mode()).isEqualTo(0100604);
        assertThat(entry(list, "site/link").mode()).isEqualTo(0120777);
    }

    @Test
    void keepsAModulesArgumentsInside() throws IOException {
        assertThat(paths(scan(setup(false), "/../../site/img/"))).containsExactly("./", "a", "b");
    }

    /** What stands in a directory's merge file is about what is in it, not about an argument that names it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mergeFilesDoNotJudgeArgumentsBesideThem(boolean incremental) throws IOException {
        Files.writeString(root.resolve("site/.rules"), "- img\n");
        filters = new FilterList.Builder()
                .filter(": .rules".getBytes(UTF_8), name -> new byte[0])
                .build();
        assertThat(paths(scan(setup(incremental), "site/img"))).contains("img/", "img/a");
        assertThat(paths(scan(setup(incremental), "site/"))).contains("index").doesNotContain("img/");
        assertThat(paths(scan(setup(incremental), "site"))).doesNotContain("site/img/");
    }
}
