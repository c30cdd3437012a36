package io.sluice.protocol.filter;

import static io.sluice.protocol.filter.Scopes.bytes;
import static io.sluice.protocol.filter.Scopes.scope;
import static io.sluice.protocol.filter.Scopes.sender;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.filter.FilterScope.Verdict;
import io.sluice.protocol.session.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts as rsync 3.5.0 gives them. Each table has paths that a rule takes and neighbours that it leaves. */
class FilterScopeTest {
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
}
