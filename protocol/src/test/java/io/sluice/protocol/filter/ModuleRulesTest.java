package io.sluice.protocol.filter;

import static io.sluice.protocol.filter.Scopes.bytes;
import static io.sluice.protocol.filter.Scopes.list;
import static io.sluice.protocol.filter.Scopes.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterScope.Verdict;
import io.sluice.protocol.session.Side;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A module's own rules, which come before those of the user. */
class ModuleRulesTest {
    private static final byte[] ROOT = {};

    @TempDir
    Path directory;

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

        try (FileTree tree = tree(directory)) {
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
}
