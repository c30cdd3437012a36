package io.sluice.protocol.filter;

import static io.sluice.protocol.filter.Scopes.bytes;
import static io.sluice.protocol.filter.Scopes.excluded;
import static io.sluice.protocol.filter.Scopes.list;
import static io.sluice.protocol.filter.Scopes.sender;
import static io.sluice.protocol.filter.Scopes.tree;
import static io.sluice.protocol.filter.Scopes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.Identity;
import io.sluice.protocol.RuleException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterScope.Verdict;
import io.sluice.protocol.session.Side;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a peer has no say over: what lies outside of the tree is not read as rules, and of what is read nothing is shown. */
class MergeFileLimitsTest {
    private static final byte[] ROOT = {};

    @TempDir
    Path directory;

    /** A module's files cannot name what is outside. */
    @Test
    void readsNothingOutsideAModule() throws Exception {
        write(directory, "secret", "- a");
        write(directory, "module/.filt", ". ../secret");
        try (FileTree tree = FileTree.open(bytes(directory + "/module"), TreePolicy.CONFINED)) {
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, ROOT))
                    .hasMessage("failed to open exclude file <rule from /.filt line 1>");
            write(directory, "module/secret", "- b");
            FilterScope scope = sender(": .filt", ": ../../secret");
            scope.enter(tree, ROOT, ROOT);
            assertThat(excluded(scope, "a", "b")).containsExactly("b");
            Files.createSymbolicLink(directory.resolve("module/way"), Path.of(".."));
            Files.createSymbolicLink(directory.resolve("module/leaf"), Path.of("../secret"));
            FilterScope linked = sender(": leaf");
            linked.enter(tree, ROOT, ROOT);
            assertThat(excluded(linked, "a", "b")).isEmpty();
            write(directory, "module/.filt", ". way/secret");
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, ROOT))
                    .hasMessage("failed to open exclude file <rule from /.filt line 1>");
        }
    }

    /** Where links mean the whole file system, a link counts for where it really leads, and that has to be in the module. */
    @Test
    void followsAnAbsoluteLinkThatEndsInTheModule() throws Exception {
        write(directory, "rules", "- a");
        write(directory, "module/rules", "- b");
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
        write(directory, "rules", "- a");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("rules"));
        try (FileTree tree = tree(directory)) {
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

    @Test
    void hidesRuleFilesThatTheDaemonHides() throws Exception {
        write(directory, ".filt", "- x");
        FilterList daemon =
                new FilterList.Builder().words(".filt", FilterList.Kind.EXCLUDE).build();
        FilterScope scope = new FilterScope(list(": .filt"), daemon, Side.SENDER, false);
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.check(bytes("x"), false)).isEqualTo(Verdict.NEUTRAL);
        }
    }

    /** Of a file that a rule in a file named, neither the text nor the name is shown. */
    @Test
    void saysWhereAWrongRuleIsButNotWhatIsThere() throws Exception {
        write(directory, "d/.filt", ": named\n");
        write(directory, "d/named", "fine\n");
        try (FileTree tree = tree(directory)) {
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .isInstanceOf(RuleException.class)
                    .hasMessage("Unknown filter rule: <rule from a file read earlier>");
            write(directory, "d/.filt", "- x\n. d/named\n");
            assertThatThrownBy(() -> sender(":n .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("failed to open exclude file <rule from /d/.filt line 2>");
            write(directory, "d/.filt", "- x\n. ./named\n");
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("Unknown filter rule: <rule from a file named at /d/.filt line 2>");
            assertThatThrownBy(() -> sender(":w .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("unexpected end of filter rule: <rule from /d/.filt>");
        }
    }

    /** The peer chooses which file is read as rules, so an error must not quote it. */
    @Test
    void neverQuotesAFilesText() throws Exception {
        write(directory, "d/.filt", "fine\nroot:secret:0");
        try (FileTree tree = tree(directory)) {
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .isInstanceOf(TransferException.class)
                    .hasMessage("Unknown filter rule: <rule from /d/.filt line 1>");
            write(directory, "d/.filt", ". secret-name");
            assertThatThrownBy(() -> sender(": .filt").enter(tree, ROOT, bytes("d")))
                    .hasMessage("failed to open exclude file <rule from /d/.filt line 1>");
        }
    }
}
