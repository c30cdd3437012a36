package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * POSIX's extended regular expressions. Each row has a text that matches and one that does not, so that neither a pattern
 * that matches all nor one that matches nothing passes.
 */
class PosixPatternTest {
    private static boolean finds(String pattern, boolean ignoreCase, String text) throws PatternException {
        return PosixPattern.compile(pattern, ignoreCase).matcher(text).find();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '#', textBlock = """
        \\.tmp$ ~ a.tmp ~ a.tmpx
        ^a ~ ab ~ ba
        (^|/)\\.git(/|$) ~ x/.git/y ~ x.git
        a{2} ~ baab ~ bab
        ^a{,2}$ ~ aa ~ aaa
        ^a{2,}$ ~ aaa ~ a
        ^a{2,3}$ ~ aaa ~ aaaa
        ^(ab)+$ ~ abab ~ aba
        ^a*+b$ ~ aab ~ ac
        ^a+?$ ~ ## ~ b
        ^(a|b|)c$ ~ c ~ dc
        [[:digit:]] ~ a1 ~ a
        ^[^[:alpha:]]$ ~ 1 ~ a
        ^[]a]$ ~ ] ~ b
        ^[^]a]$ ~ b ~ ]
        ^[a-]$ ~ - ~ b
        ^[\\]$ ~ \\ ~ ]
        ^[[.a.]-c]$ ~ b ~ d
        ^[[=a=]]$ ~ a ~ b
        ^[a&&b]$ ~ & ~ c
        ^[[:punct:]]+$ ~ !-: ~ a
        ^\\w+$ ~ a_1 ~ a-1
        \\bfoo\\b ~ a-foo-b ~ afoo
        \\<foo ~ -foo ~ afoo
        foo\\> ~ foo- ~ foob
        ^\\d$ ~ d ~ 1
        a) ~ a) ~ a
        (a)\\1 ~ aa ~ ab
        ^.$ ~ x ~ xy
        ^a\\{1$ ~ a{1 ~ a1
        """)
    void meansWhatPosixMeans(String pattern, String matching, String other) throws PatternException {
        String text = matching == null ? "" : matching;
        assertThat(finds(pattern, false, text)).as(matching).isTrue();
        assertThat(finds(pattern, false, other)).as(other).isFalse();
    }

    @Test
    void ignoresCaseOfAsciiLettersAlone() throws PatternException {
        assertThat(finds("^[^a]B\u00e9$", true, "cb\u00e9")).isTrue();
        assertThat(finds("^[^a]B\u00e9$", true, "Ab\u00e9")).isFalse();
        assertThat(finds("^B\u00e9$", true, "b\u00c9")).isFalse();
    }

    @Test
    void aDollarIsNotBeforeANewline() throws PatternException {
        assertThat(finds("a$", false, "a\n")).isFalse();
        assertThat(finds("^.$", false, "\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^*",
                "a|*b",
                "(*a)",
                "a{1",
                "a{x}",
                "{1}",
                "a{2,1}",
                "(",
                "[[:foo:]]",
                "[a",
                "[]",
                "[z-a]",
                "[[.space.]]",
                "\\1",
                "((a)\\1)",
                "\\",
                "a\\b*",
                "*",
                "+a",
                "a{32768}",
                "a{}",
                "[[:alpha:]-z]",
                "a{1a}",
                "a{1,2,3}",
                "[a-",
                "[[:alpha:",
                "[[:alpha]",
                "[a-c-e]"
            })
    void refusesWhatPosixRefuses(String pattern) {
        assertThatThrownBy(() -> PosixPattern.compile(pattern, false)).isInstanceOf(PatternException.class);
    }
}
