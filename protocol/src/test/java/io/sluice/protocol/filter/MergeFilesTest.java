package io.sluice.protocol.filter;

import static io.sluice.protocol.filter.Scopes.bytes;
import static io.sluice.protocol.filter.Scopes.excluded;
import static io.sluice.protocol.filter.Scopes.sender;
import static io.sluice.protocol.filter.Scopes.tree;
import static io.sluice.protocol.filter.Scopes.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in files of the directories: where they hold, and which files are read for them. */
class MergeFilesTest {
    private static final byte[] ROOT = {};

    @TempDir
    Path directory;

    @Test
    void readsPerDirectoryFiles() throws Exception {
        write(directory, ".filt", "- /top\n- all");
        write(directory, "d/.filt", "+ all\n- /here\n- own");
        write(directory, "d/e/.filt", "!\n- last");
        FilterScope scope = sender("+ first", ": .filt", "- *.o");
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "first", "top", "all", "own", "x.o")).containsExactly("top", "all", "x.o");
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(excluded(scope, "d/top", "d/all", "d/own", "d/here", "d/first"))
                    .containsExactly("d/own", "d/here");
            scope.enter(tree, ROOT, bytes("d/e"));
            assertThat(excluded(scope, "d/e/all", "d/e/own", "d/e/here", "d/e/last", "d/e/x.o"))
                    .containsExactly("d/e/last", "d/e/x.o");
            scope.enter(tree, ROOT, bytes("other"));
            assertThat(excluded(scope, "other/top", "other/all", "other/own")).containsExactly("other/all");
        }
    }

    /** Entered without its parents before, as a file list by names does it: their files count all the same, but the root's. */
    @Test
    void readsTheFilesOfDirectoriesOnTheWay() throws Exception {
        write(directory, ".filt", "- top");
        write(directory, "d/.filt", "- own");
        Files.createDirectories(directory.resolve("d/e/f"));
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, bytes("d/e/f"));
            assertThat(excluded(scope, "d/e/f/own", "d/e/f/top")).containsExactly("d/e/f/own");
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "own")).isEmpty();
        }
    }

    @Test
    void inheritsNothingWhenTold() throws Exception {
        write(directory, "d/.filt", "own\n");
        Files.createDirectories(directory.resolve("d/e"));
        FilterScope scope = sender(":n- .filt");
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(excluded(scope, "d/own")).hasSize(1);
            scope.enter(tree, ROOT, bytes("d/e"));
            assertThat(excluded(scope, "d/e/own")).isEmpty();
        }
    }

    @Test
    void readsFilesThatAFileNames() throws Exception {
        write(directory, "d/.filt", ": .nested\n. ./shared\n. plain\n");
        write(directory, "plain", "- p");
        write(directory, "d/.nested", "- n1");
        write(directory, "d/e/.nested", "- n2");
        write(directory, "d/shared", "- s");
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(excluded(scope, "d/n1", "d/n2", "d/s", "d/p")).containsExactly("d/n1", "d/s", "d/p");
            scope.enter(tree, ROOT, bytes("d/e"));
            assertThat(excluded(scope, "d/e/n1", "d/e/n2", "d/e/s")).containsExactly("d/e/n1", "d/e/n2", "d/e/s");
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "n1", "s")).isEmpty();
        }
    }

    /** A transfer from within a module: files above its root count if the rule names them with a slash. */
    @Test
    void looksAboveTheTransfersRoot() throws Exception {
        write(directory, ".up", "- a\n- /d/anchored");
        write(directory, "d/.up", "- b");
        write(directory, "d/e/.up", "- c");
        try (FileTree tree = tree(directory)) {
            FilterScope scope = sender(": /.up");
            scope.enter(tree, bytes("d/e"), ROOT);
            assertThat(excluded(scope, "a", "b", "c", "anchored")).containsExactly("a", "b", "c");
            scope.enter(tree, bytes("d"), ROOT);
            assertThat(excluded(scope, "a", "b", "c", "anchored")).containsExactly("a", "b", "anchored");
            FilterScope plain = sender(": .up");
            plain.enter(tree, bytes("d/e"), ROOT);
            assertThat(excluded(plain, "a", "b", "c")).containsExactly("c");
        }
    }

    /** Where the operator's word counts, a name with directories leads to everything above the walk, also above the tree. */
    @Test
    void looksAboveTheTree() throws Exception {
        write(directory, ".up", "- a\n: .more\n");
        write(directory, ".more", "- b");
        write(directory, "d/.more", "- c");
        write(directory, "d/.up", "- d");
        write(directory, "aside", "- e");
        for (String rule : List.of(": /.up", ": ../.up", ": " + directory.toRealPath() + "/.up")) {
            FilterScope scope = sender(rule);
            scope.rootedAt(bytes(directory.toRealPath() + "/d"));
            try (FileTree tree = FileTree.open(bytes(directory + "/d"), TreePolicy.OPERATOR)) {
                scope.enter(tree, ROOT, ROOT);
                assertThat(excluded(scope, "a", "b", "c", "d", "e")).containsExactly("a", "b", "c", "d");
            }
        }
        FilterScope beside = sender(": ../x/aside");
        beside.rootedAt(bytes(directory.toRealPath() + "/d"));
        try (FileTree tree = FileTree.open(bytes(directory + "/d"), TreePolicy.OPERATOR)) {
            beside.enter(tree, ROOT, ROOT);
            assertThat(excluded(beside, "e")).isEmpty();
        }
    }

    @Test
    void followsALinkInsideTheTree() throws Exception {
        write(directory, "d/real", "- x");
        Files.createSymbolicLink(directory.resolve(".filt"), Path.of("d/real"));
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "x")).hasSize(1);
        }
    }

    @Test
    void rulesOfFilesMayEndWithNul() throws Exception {
        write(directory, ".filt", "- a\nb\0- c\0");
        FilterScope scope = sender(": .filt");
        scope.endRulesWithNul();
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "a\nb", "c", "a")).containsExactly("a\nb", "c");
        }
    }

    @Test
    void takesAbsentAndUnfitFilesForNone() throws Exception {
        Files.createDirectories(directory.resolve("d/.filt"));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        FilterScope scope = sender(": .filt", ": loop", ": away");
        Files.createSymbolicLink(directory.resolve("away"), Path.of("../outside"));
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(excluded(scope, "d/x")).isEmpty();
        }
    }

    /** The name only gets too long where it is looked for: that leaves the transfer incomplete. */
    @Test
    void complainsOfNamesThatGetTooLong() throws Exception {
        List<String> complaints = new ArrayList<>();
        FilterScope scope = sender(": x/" + "n".repeat(4080));
        scope.complainTo((text, incomplete) ->
                complaints.add(incomplete + " " + new String(text, 0, 30, StandardCharsets.UTF_8).strip()));
        Files.createDirectories(directory.resolve("a-directory-with-a-name"));
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, bytes("a-directory-with-a-name"), ROOT);
        }
        assertThat(complaints)
                .containsExactly("false merge-file name overflows: a-d", "true cannot add local filter rules");
    }
}
