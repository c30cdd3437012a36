package io.sluice.protocol.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.Identity;
import io.sluice.protocol.RuleException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterScope.Verdict;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts as rsync 3.5.0 gives them. Each table has paths that a rule takes and neighbours that it leaves. */
class FilterScopeTest {
    private static final byte[] ROOT = {};

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // the last component, anywhere
        "- foo, foo, true",
        "- foo, a/foo, true",
        "- foo, foo/a, false",
        "- *.o, a/b.o, true",
        "- *.o, a.o/b, false",
        // the last components
        "- a/b, a/b, true",
        "- a/b, x/a/b, true",
        "- a/b, b, false",
        "- a/b, a/b/c, false",
        "- a/*, x/a/b, true",
        "- a/*, b, false",
        // anchored
        "- /a, a, true",
        "- /a, x/a, false",
        "- /a/*.o, a/x.o, true",
        "- /a/*.o, a/b/x.o, false",
        // any depth
        "- a/**, a/b, true",
        "- a/**, x/a/b/c, true",
        "- a/**, a, false",
        "- a/**/c, x/a/b/b/c, true",
        "- a/**/c, a/c, false",
        "- **/b, b, true",
        "- **/b, x/y/b, true",
        "- **/b, ab, false",
        "- a**, x/ab/c, true",
        "- **b, x/ab, true",
        "- a/***, a/b, true",
        "- /a/***, x/a/b, false",
        "- foo**bar, foo/x/bar, true",
        "- foo**bar, x/foobar, true",
        // no wildcard: a backslash is itself
        "- a\\b, a\\b, true",
        "- a\\b, ab, false",
        "- a\\b*, ab, true",
        "- a\\*, a*, true",
        "- a\\*, ab, false",
        // negation and paths that are not files' names
        "-! *.c, x.c, false",
        "-! *.c, x.h, true",
        "-x foo, foo, false",
    })
    void decidesAboutFiles(String rule, String path, boolean excluded) throws Exception {
        assertThat(sender(rule).check(bytes(path), false)).isEqualTo(excluded ? Verdict.EXCLUDE : Verdict.NEUTRAL);
    }

    @ParameterizedTest
    @CsvSource({
        "- foo/, foo, true",
        "- foo/, a/foo, true",
        "- a/***, a, true",
        "- a/***, x/a, true",
        "- /a/***, x/a, false",
        "- a/**, a, false",
        "-! */, d, false",
        "- **/, d, true",
        "- a/***, ab, false",
    })
    void decidesAboutDirectories(String rule, String path, boolean excluded) throws Exception {
        assertThat(sender(rule).check(bytes(path), true)).isEqualTo(excluded ? Verdict.EXCLUDE : Verdict.NEUTRAL);
    }

    @Test
    void leavesFilesToARuleForDirectories() throws Exception {
        assertThat(sender("- foo/").check(bytes("foo"), false)).isEqualTo(Verdict.NEUTRAL);
        assertThat(sender("-! */").check(bytes("foo"), false)).isEqualTo(Verdict.EXCLUDE);
        assertThat(sender("- a/***").check(bytes("a"), false)).isEqualTo(Verdict.NEUTRAL);
    }

    @Test
    void takesTheFirstRuleThatMatches() throws Exception {
        FilterScope scope = sender("+ keep.o", "- *.o", "+ other.o");
        assertThat(scope.check(bytes("keep.o"), false)).isEqualTo(Verdict.INCLUDE);
        assertThat(scope.check(bytes("other.o"), false)).isEqualTo(Verdict.EXCLUDE);
        assertThat(scope.check(bytes("x.c"), false)).isEqualTo(Verdict.NEUTRAL);
    }

    @ParameterizedTest
    @CsvSource({
        "- x, EXCLUDE, PROTECT",
        "H x, EXCLUDE, NEUTRAL",
        "P x, NEUTRAL, PROTECT",
        "S x, INCLUDE, NEUTRAL",
        "R x, NEUTRAL, INCLUDE",
        "-s x, EXCLUDE, NEUTRAL",
        "-r x, NEUTRAL, PROTECT",
        "-sr x, EXCLUDE, PROTECT",
        "+ x, INCLUDE, INCLUDE",
    })
    void keepsTheSidesApart(String rule, Verdict sender, Verdict receiver) throws Exception {
        assertThat(scope(Side.SENDER, false, rule).check(bytes("x"), false)).isEqualTo(sender);
        assertThat(scope(Side.RECEIVER, false, rule).check(bytes("x"), false)).isEqualTo(receiver);
    }

    @ParameterizedTest
    @CsvSource({"- x, EXCLUDE, NEUTRAL", "P x, NEUTRAL, PROTECT", "-sr x, EXCLUDE, PROTECT", "+ x, INCLUDE, NEUTRAL"})
    void protectsOnlyWhatIsSaidToBeWhenExcludedFilesAreDeleted(String rule, Verdict sender, Verdict receiver)
            throws Exception {
        assertThat(scope(Side.SENDER, true, rule).check(bytes("x"), false)).isEqualTo(sender);
        assertThat(scope(Side.RECEIVER, true, rule).check(bytes("x"), false)).isEqualTo(receiver);
    }

    @Test
    void letsPerishableRulesGoWithTheirDirectory() throws Exception {
        FilterScope scope = scope(Side.RECEIVER, false, "-p *.o", "- *.c");
        assertThat(scope.check(bytes("d/x.o"), false)).isEqualTo(Verdict.PROTECT);
        assertThat(scope.checkForRemoval(bytes("d/x.o"), false)).isEqualTo(Verdict.NEUTRAL);
        assertThat(scope.checkForRemoval(bytes("d/x.c"), false)).isEqualTo(Verdict.PROTECT);
    }

    @Test
    void matchesAbsolutePaths() throws Exception {
        FilterScope scope = sender("-/ /srv/www/a", "-/ www/b");
        scope.rootedAt(bytes("/srv/www/"));
        assertThat(scope.check(bytes("a"), false)).isEqualTo(Verdict.EXCLUDE);
        assertThat(scope.check(bytes("b"), false)).isEqualTo(Verdict.EXCLUDE);
        assertThat(scope.check(bytes("x/b"), false)).isEqualTo(Verdict.NEUTRAL);
        scope.rootedAt(bytes("/srv"));
        assertThat(scope.check(bytes("a"), false)).isEqualTo(Verdict.NEUTRAL);
    }

    @Test
    void hidesWhatTheDaemonHides() throws Exception {
        FilterList daemon = new FilterList.Builder()
                .words("/secret private/ a/b", FilterList.Kind.EXCLUDE)
                .build();
        FilterScope scope = new FilterScope(list("+ *"), daemon, Side.SENDER, false);
        assertThat(scope.check(bytes("secret"), false)).isEqualTo(Verdict.EXCLUDE);
        assertThat(scope.check(bytes("x/secret"), false)).isEqualTo(Verdict.INCLUDE);
        assertThat(scope.hiddenByDaemon(bytes("secret/deep/file"), false)).isTrue();
        assertThat(scope.hiddenByDaemon(bytes("x/private/file"), false)).isTrue();
        assertThat(scope.hiddenByDaemon(bytes("private"), false)).isFalse();
        assertThat(scope.hiddenByDaemon(bytes("private"), true)).isTrue();
        assertThat(scope.hiddenByDaemon(bytes("x/a/b"), false)).isTrue();
        assertThat(scope.hiddenByDaemon(bytes("x/a/c"), false)).isFalse();

        try (FileTree tree = tree()) {
            scope.enter(tree, bytes("a"), ROOT);
            assertThat(scope.check(bytes("b"), false)).isEqualTo(Verdict.EXCLUDE);
            assertThat(scope.hiddenByDaemon(bytes("b/c"), false)).isTrue();
            assertThat(scope.check(bytes("secret"), false)).isEqualTo(Verdict.INCLUDE);
        }
        FilterScope receiver = new FilterScope(list("+ *"), daemon, Side.RECEIVER, false);
        assertThat(receiver.check(bytes("secret"), false)).isEqualTo(Verdict.PROTECT);
    }

    /** As a rsync daemon has it, but for the H, which it ignores. */
    @ParameterizedTest
    @CsvSource({
        "- x, EXCLUDE, PROTECT",
        "P x, EXCLUDE, PROTECT",
        "H x, EXCLUDE, NEUTRAL",
        "S x - x, EXCLUDE, PROTECT",
        "R x - x, NEUTRAL, NEUTRAL",
        "+ x - x, NEUTRAL, NEUTRAL",
    })
    void readsAModulesRulesAsAReceiver(String rules, Verdict sender, Verdict receiver) throws Exception {
        FilterList daemon =
                new FilterList.Builder().words(rules, FilterList.Kind.FILTER).build();
        assertThat(new FilterScope(FilterList.EMPTY, daemon, Side.SENDER, false).check(bytes("x"), false))
                .isEqualTo(sender);
        assertThat(new FilterScope(FilterList.EMPTY, daemon, Side.RECEIVER, false).check(bytes("x"), false))
                .isEqualTo(receiver);
    }

    @Test
    void readsPerDirectoryFiles() throws Exception {
        write(".filt", "- /top\n- all");
        write("d/.filt", "+ all\n- /here\n- own");
        write("d/e/.filt", "!\n- last");
        FilterScope scope = sender("+ first", ": .filt", "- *.o");
        try (FileTree tree = tree()) {
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
        write(".filt", "- top");
        write("d/.filt", "- own");
        Files.createDirectories(directory.resolve("d/e/f"));
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, bytes("d/e/f"));
            assertThat(excluded(scope, "d/e/f/own", "d/e/f/top")).containsExactly("d/e/f/own");
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "own")).isEmpty();
        }
    }

    @Test
    void inheritsNothingWhenTold() throws Exception {
        write("d/.filt", "own\n");
        Files.createDirectories(directory.resolve("d/e"));
        FilterScope scope = sender(":n- .filt");
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(excluded(scope, "d/own")).hasSize(1);
            scope.enter(tree, ROOT, bytes("d/e"));
            assertThat(excluded(scope, "d/e/own")).isEmpty();
        }
    }

    @Test
    void readsFilesThatAFileNames() throws Exception {
        write("d/.filt", ": .nested\n. ./shared\n. plain\n");
        write("plain", "- p");
        write("d/.nested", "- n1");
        write("d/e/.nested", "- n2");
        write("d/shared", "- s");
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree()) {
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
        write(".up", "- a\n- /d/anchored");
        write("d/.up", "- b");
        write("d/e/.up", "- c");
        try (FileTree tree = tree()) {
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
        write(".up", "- a\n: .more\n");
        write(".more", "- b");
        write("d/.more", "- c");
        write("d/.up", "- d");
        write("aside", "- e");
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

    /** A module's files cannot name what is outside. */
    @Test
    void readsNothingOutsideAModule() throws Exception {
        write("secret", "- a");
        write("module/.filt", ". ../secret");
        try (FileTree tree = FileTree.open(bytes(directory + "/module"), TreePolicy.CONFINED)) {
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, ROOT))
                    .hasMessage("failed to open exclude file <rule from /.filt line 1>");
            write("module/secret", "- b");
            FilterScope scope = sender(": .filt", ": ../../secret");
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "a", "b")).containsExactly("b");
            Files.createSymbolicLink(directory.resolve("module/way"), Path.of(".."));
            Files.createSymbolicLink(directory.resolve("module/leaf"), Path.of("../secret"));
            FilterScope linked = sender(": leaf");
            linked.enter(tree, ROOT, ROOT);
            assertThat(excluded(linked, "a", "b")).isEmpty();
            write("module/.filt", ". way/secret");
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, ROOT))
                    .hasMessage("failed to open exclude file <rule from /.filt line 1>");
        }
    }

    /** Where links mean the whole file system, a link counts for where it really leads, and that has to be in the module. */
    @Test
    void followsAnAbsoluteLinkThatEndsInTheModule() throws Exception {
        write("rules", "- a");
        write("module/rules", "- b");
        Path module = directory.toRealPath().resolve("module");
        Map<String, List<String>> targets = Map.of(
                module + "/rules",
                List.of("b"),
                module + "/x/../rules",
                List.of("b"),
                "../module/rules",
                List.of("b"),
                module + "/../module//./rules",
                List.of("b"),
                module + "/../rules",
                List.of(),
                module + "/../x/../module/rules",
                List.of(),
                "/rules",
                List.of(),
                "../rules",
                List.of());
        Files.createDirectories(module.resolve("x"));
        for (Map.Entry<String, List<String>> each : targets.entrySet()) {
            Path link = Files.createSymbolicLink(module.resolve("link"), Path.of(each.getKey()));
            try (FileTree tree = FileTree.openInside(List.of(bytes(module.toString())), TreePolicy.CONFINED)) {
                FilterScope scope = sender(": link");
                scope.enter(tree, ROOT, ROOT);
                assertThat(excluded(scope, "a", "b")).as(each.getKey()).isEqualTo(each.getValue());
            }
            Files.delete(link);
        }
    }

    /** A rule file may be a link of root or of who runs this, but none that somebody else has put there. */
    @Test
    void readsNoRulesThroughAStrangersLink() throws Exception {
        write("rules", "- a");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("rules"));
        try (FileTree tree = tree()) {
            FilterScope own = sender(": link");
            own.enter(tree, ROOT, ROOT);
            assertThat(excluded(own, "a")).containsExactly("a");
            Assumptions.assumeTrue(Identity.effectiveUser() == 0, "only root can make a link of another user");
            Files.setAttribute(link, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
            FilterScope strangers = sender(": link");
            strangers.enter(tree, ROOT, ROOT);
            assertThat(excluded(strangers, "a")).isEmpty();
        }
    }

    /** Of a file that a rule in a file named, neither the text nor the name is shown. */
    @Test
    void saysWhereAWrongRuleIsButNotWhatIsThere() throws Exception {
        write("d/.filt", ": named\n");
        write("d/named", "fine\n");
        try (FileTree tree = tree()) {
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .isInstanceOf(RuleException.class)
                    .hasMessage("Unknown filter rule: <rule from a file read earlier>");
            write("d/.filt", "- x\n. d/named\n");
            assertThatThrownBy(() -> sender(":n .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("failed to open exclude file <rule from /d/.filt line 2>");
            write("d/.filt", "- x\n. ./named\n");
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("Unknown filter rule: <rule from a file named at /d/.filt line 2>");
            assertThatThrownBy(() -> sender(":w .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("unexpected end of filter rule: <rule from /d/.filt>");
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
        try (FileTree tree = tree()) {
            scope.enter(tree, bytes("a-directory-with-a-name"), ROOT);
        }
        assertThat(complaints)
                .containsExactly("false merge-file name overflows: a-d", "true cannot add local filter rules");
    }

    @Test
    void filesMayHaveRulesAboutAttributes() throws Exception {
        write("d/.filt", "-x user.a\n- user.b\n");
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.attributes().isEmpty()).isTrue();
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(scope.attributes().isEmpty()).isFalse();
            assertThat(scope.attributes().excludes(bytes("user.a"))).isTrue();
            assertThat(scope.attributes().excludes(bytes("user.b"))).isFalse();
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.attributes().excludes(bytes("user.a"))).isFalse();
        }
    }

    /** Whoever receives has rules of directories only where it enters them; and after a rule about attributes no namespace is left out by itself. */
    @Test
    void rulesAboutAttributesHoldInTheDirectoryThatIsEntered() throws Exception {
        write(".filt", "-x! /user.a\n");
        write("d/.filt", "-x! /user.a\n");
        FilterScope scope = scope(Side.RECEIVER, false, ":n .filt");
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.attributes().excludes(bytes("user.b"))).isTrue();
            assertThat(scope.attributes().excludes(bytes("user.a"))).isFalse();
            scope.enter(tree, ROOT, bytes("d")); // no attribute has the name /d/user.a
            assertThat(scope.attributes().excludes(bytes("user.a"))).isTrue();
            assertThat(scope.attributesEverywhere().excludes(bytes("user.b"))).isFalse();
            assertThat(scope.attributesEverywhere().isEmpty()).isTrue();
            scope.leaveAll();
            assertThat(scope.attributes().excludes(bytes("user.b"))).isFalse();
            assertThat(scope.attributes().isEmpty()).isFalse();
        }
    }

    @Test
    void whatAModuleIncludesTheUserMayExclude() throws Exception {
        FilterList module = FilterList.Builder.forModule()
                .words("+x user.* -x trusted.*", FilterList.Kind.FILTER)
                .build();
        FilterScope scope = new FilterScope(list("-x user.a", "+x *"), module, Side.SENDER, false);
        assertThat(scope.attributes().excludes(bytes("user.a"))).isTrue();
        assertThat(scope.attributes().excludes(bytes("user.b"))).isFalse();
        assertThat(scope.attributes().excludes(bytes("trusted.b"))).isTrue();
    }

    @Test
    void rulesOfFilesMayEndWithNul() throws Exception {
        write(".filt", "- a\nb\0- c\0");
        FilterScope scope = sender(": .filt");
        scope.endRulesWithNul();
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "a\nb", "c", "a")).containsExactly("a\nb", "c");
        }
    }

    /** A module's exclude is about a name: what is below needs rules of its own. */
    @Test
    void anExcludedDirectoryExcludesNothingInIt() throws Exception {
        FilterScope scope = new FilterScope(
                FilterList.EMPTY,
                FilterList.Builder.forModule()
                        .words("/bare /whole/ name", FilterList.Kind.EXCLUDE)
                        .build(),
                Side.RECEIVER,
                false);
        assertThat(scope.namedByDaemon(bytes("bare"), true)).isTrue();
        assertThat(scope.namedByDaemon(bytes("bare/x"), false)).isFalse();
        assertThat(scope.namedByDaemon(bytes("whole"), true)).isTrue();
        assertThat(scope.namedByDaemon(bytes("whole/x"), false)).isTrue();
        assertThat(scope.namedByDaemon(bytes("x/name"), false)).isTrue();
        assertThat(scope.hiddenByDaemon(bytes("bare/x"), false)).isTrue();
    }

    @Test
    void takesAbsentAndUnfitFilesForNone() throws Exception {
        Files.createDirectories(directory.resolve("d/.filt"));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        FilterScope scope = sender(": .filt", ": loop", ": away");
        Files.createSymbolicLink(directory.resolve("away"), Path.of("../outside"));
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(excluded(scope, "d/x")).isEmpty();
        }
    }

    @Test
    void followsALinkInsideTheTree() throws Exception {
        write("d/real", "- x");
        Files.createSymbolicLink(directory.resolve(".filt"), Path.of("d/real"));
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "x")).hasSize(1);
        }
    }

    /** The peer chooses which file is read as rules, so an error must not quote it. */
    @Test
    void neverQuotesAFilesText() throws Exception {
        write("d/.filt", "fine\nroot:secret:0");
        try (FileTree tree = tree()) {
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .isInstanceOf(TransferException.class)
                    .hasMessage("Unknown filter rule: <rule from /d/.filt line 1>");
            write("d/.filt", ". secret-name");
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("failed to open exclude file <rule from /d/.filt line 1>");
        }
    }

    @Test
    void hidesRuleFilesThatTheDaemonHides() throws Exception {
        write(".filt", "- x");
        FilterList daemon =
                new FilterList.Builder().words(".filt", FilterList.Kind.EXCLUDE).build();
        FilterScope scope = new FilterScope(list(": .filt"), daemon, Side.SENDER, false);
        try (FileTree tree = tree()) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.check(bytes("x"), false)).isEqualTo(Verdict.NEUTRAL);
        }
    }

    /** Long lists are indexed, short ones are not: both must say the same for every name. */
    @Test
    void longListsSayWhatShortOnesDo() throws Exception {
        Random random = new Random(7);
        String[] names = {
            "a", "b", "c", "a.o", "b.o", "*.o", "?", "a*", "b/a", "/a", "/b/a", "a/**", "c/", "/c/", "[ab]", "**/b"
        };
        for (int round = 0; round < 200; round++) {
            List<FilterRule> rules = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String prefix = random.nextBoolean() ? "- " : random.nextInt(4) == 0 ? "-! " : "+ ";
                rules.addAll(list(prefix
                                + names[random.nextInt(names.length)]
                                + (random.nextInt(3) == 0 ? "" : "x".repeat(random.nextInt(3))))
                        .rules());
            }
            RuleIndex indexed = new RuleIndex(rules);
            PathText path = new PathText();
            for (String name :
                    List.of("a", "b", "ax", "bxx", "a.o", "b/a", "x/b/a", "a/b/c", "c", "x/c", "cx", "axx", "a/bx")) {
                path.set(bytes(name), round % 2 == 0);
                int expected = 0;
                for (FilterRule rule : rules) {
                    expected = expected != 0 ? expected : new RuleIndex(List.of(rule)).check(path, false);
                }
                assertThat(indexed.check(path, false))
                        .as("%s in round %d", name, round)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<String> excluded(FilterScope scope, String... paths) {
        List<String> excluded = new ArrayList<>();
        for (String path : paths) {
            if (scope.check(bytes(path), false) == Verdict.EXCLUDE) {
                excluded.add(path);
            }
        }
        return excluded;
    }

    private static FilterScope sender(String... rules) throws TransferException {
        return scope(Side.SENDER, false, rules);
    }

    private static FilterScope scope(Side side, boolean deleteExcluded, String... rules) throws TransferException {
        return new FilterScope(list(rules), FilterList.EMPTY, side, deleteExcluded);
    }

    private static FilterList list(String... rules) throws TransferException {
        FilterList.Builder builder = new FilterList.Builder();
        for (String rule : rules) {
            builder.filter(rule, name -> new byte[0]);
        }
        return builder.build();
    }

    private FileTree tree() throws IOException {
        return FileTree.open(bytes(directory.toString()), TreePolicy.CONFINED);
    }

    private void write(String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
