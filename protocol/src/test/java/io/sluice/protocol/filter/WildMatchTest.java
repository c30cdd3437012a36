package io.sluice.protocol.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns by hand: for each wildcard a text that it takes and one that it leaves, so that neither "always" nor "never" passes. */
class WildMatchTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "foo, foo, true",
                "foo, fo, false",
                "foo, fooo, false",
                "\"\", \"\", true",
                "\"\", a, false",
                "?, a, true",
                "?, /, false",
                "?, \"\", false",
                "a?c, abc, true",
                "a?c, a/c, false",
                "*, \"\", true",
                "*, abc, true",
                "*, a/b, false",
                "*/b, a/b, true",
                "a*, ab/c, false",
                "*.o, a.o, true",
                "*.o, a.oo, false",
                "*.o, d/a.o, false",
                "a*b*c, aXbYbZc, true",
                "a*b*c, aXbYbZ, false",
                "*a*, bab, true",
                "**, \"\", true",
                "**, a/b/c, true",
                "a/**, a/b/c, true",
                "a/**, a/, true",
                "a/**, a, false",
                "**/c, a/b/c, true",
                "**/c, c, false",
                "a/**/c, a/c, false",
                "a/**/c, a//c, true",
                "a/**/c, a/b/b/c, true",
                "**.o, d/a.o, true",
                "a**b*c, a/x/b/c, false",
                "a**b*c, a/x/bb/b_c, true",
                "a/***, a/b/c, true",
                "***, a/b, true",
                "**/a*/b, x/ac/ad/b, true",
                "**/a*/b, x/ac/d/b, false",
                "*/**/x, a/b/x, true",
                "*/**/x, a/x, false",
                "[ab], a, true",
                "[ab], c, false",
                "[!ab], c, true",
                "[!ab], a, false",
                "[^ab], c, true",
                "[a-c]x, bx, true",
                "[a-c]x, dx, false",
                "[]a], ], true",
                "[]-c], a, true",
                "[!]a], ], false",
                "[a-], -, true",
                "[-a], -, true",
                "[a-c-e], d, false",
                "[a-c-e], -, true",
                "[a-c-e], e, true",
                "[a/b], /, false",
                "[!a], /, false",
                "[\\]], ], true",
                "[\\a-c], b, true",
                "[a-\\c], b, true",
                "[[], [, true",
                "[[a]x, [x, true",
                "[[:x], [, true",
                "[[:digit:]], 7, true",
                "[[:digit:]], a, false",
                "[[:alpha:][:digit:]_], _, true",
                "[![:upper:]], A, false",
                "[[:xdigit:]], f, true",
                "[[:xdigit:]], g, false",
                "[[:space:]], \" \", true",
                "[[:punct:]], !, true",
                "[[:cntrl:]], a, false",
                "[[:graph:]], \" \", false",
                "[[:print:]], \" \", true",
                "[[:blank:]], x, false",
                "[[:alnum:]], 5, true",
                "[[:lower:]], Z, false",
                "\\*, *, true",
                "\\*, a, false",
                "a\\b, ab, true",
                "\\\\, \\, true",
                "[\\\\], \\, true",
            })
    void matches(String pattern, String text, boolean expected) {
        assertThat(WildMatch.matches(bytes(pattern), bytes(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a",
                "[",
                "[]",
                "[!]",
                "[a-",
                "[\\",
                "[[:alpha:]",
                "[[:alpha",
                "[[:nonesuch:]]",
                "[[:ALPHA:]]",
                "a\\"
            })
    void malformedMatchesNothing(String pattern) {
        for (String text : new String[] {"", "a", "[", "]", "\\", "-", pattern, "a\\"}) {
            assertThat(WildMatch.matches(bytes(pattern), bytes(text)))
                    .as("%s on %s", pattern, text)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xC3, 0xFF})
    void highBytesAreOrdinary(int value) {
        byte[] text = {(byte) value};
        assertThat(WildMatch.matches(bytes("?"), text)).isTrue();
        assertThat(WildMatch.matches(new byte[] {'[', (byte) 0x80, '-', (byte) 0xFF, ']'}, text))
                .isTrue();
        assertThat(WildMatch.matches(bytes("[[:alpha:]]"), text)).isFalse();
    }

    /** Trying every division of the text among these stars would outlast any build; the guard only ends a hang. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
                "**a**a**a**a**a**a**a**a**a**a**b",
                "**/*a*a/**/*a*a/**/*a*a*/**/b",
                "*?*?*?*?*?*?*?*?*?*?*?*?b",
                "**?**?**?**?**?**?**?**?**?**?**b",
            })
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotExplode(String pattern) {
        byte[] flat = new byte[4000];
        Arrays.fill(flat, (byte) 'a');
        byte[] deep = flat.clone();
        for (int i = 3; i < deep.length; i += 4) {
            deep[i] = '/';
        }
        PathText path = new PathText();
        for (byte[] text : new byte[][] {flat, deep}) {
            assertThat(WildMatch.matches(bytes(pattern), text)).isFalse();
            path.set(text, true);
            assertThat(new PathPattern(bytes("x/" + pattern)).matches(path, path.start))
                    .isFalse();
        }
    }

    /** Compared with a plain search of all divisions: greed that is too clever shows up here. */
    @Property(tries = 20_000)
    void agreesWithExhaustiveSearch(
            @ForAll @Chars({'a', 'b', '/', '*', '?'}) @StringLength(max = 9) String pattern,
            @ForAll @Chars({'a', 'b', '/'}) @StringLength(max = 9) String text) {
        assertThat(WildMatch.matches(bytes(pattern), bytes(text))).isEqualTo(search(pattern, 0, text, 0));
    }

    @Property
    void neverThrows(@ForAll @CharRange(from = 0, to = 255) String pattern, @ForAll byte[] text) {
        assertThat(WildMatch.matches(bytes(pattern), text)).isIn(true, false);
    }

    private static boolean search(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        char c = pattern.charAt(p);
        if (c == '*') {
            int after = p;
            while (after < pattern.length() && pattern.charAt(after) == '*') {
                after++;
            }
            for (int end = t; end <= text.length(); end++) {
                if (search(pattern, after, text, end)) {
                    return true;
                }
                if (after - p == 1 && end < text.length() && text.charAt(end) == '/') {
                    return false;
                }
            }
            return false;
        }
        return t < text.length()
                && (c == '?' ? text.charAt(t) != '/' : c == text.charAt(t))
                && search(pattern, p + 1, text, t + 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
