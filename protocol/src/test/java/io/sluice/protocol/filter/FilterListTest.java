package io.sluice.protocol.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules as text in, rules as they would travel out: a prefix or modifier lost or invented shows in the second. */
class FilterListTest {
    private static final Map<String, String> FILES = Map.of(
            "rules", "# comment\n; comment\n\n- *.o\r\n+ keep/\rH hidden\n. more",
            "more", "P last",
            "loop", ". loop",
            "bad", "+ fine\nbogus line",
            "sided", "H x",
            "words", "- a + b\n!c",
            "plain", "a\n+ b\n!\n",
            "names", "deep secret");

    @ParameterizedTest
    @CsvSource({
        "- *.o, - *.o",
        "-_*.o, - *.o",
        "exclude *.o, - *.o",
        "exclude_x, - x",
        "-  two, -  two",
        "+ dir/, + dir/",
        "include x, + x",
        "H h, -s h",
        "hide h, -s h",
        "S s, +s s",
        "show s, +s s",
        "P p, -r p",
        "protect p, -r p",
        "R r, +r r",
        "risk r, +r r",
        "-! neg/, -! neg/",
        "-/ /abs/x, -/ /abs/x",
        "-p per, -p per",
        "-sr both, -sr both",
        "-rs both, -sr both",
        "-x user.x, -x user.x",
        "'-,p! x', -!p x",
        "'exclude,p x', -p x",
        "'Hp x', -sp x",
        ": .r, : .r",
        "dir-merge .r, : .r",
        "':n- .n', ':n- .n'",
        "'dir-merge,n- .n', ':n- .n'",
        ":w+ .w, :w+ .w",
        ":C, :C .cvsignore",
        ":C .mine, :C .mine",
        ":sp .sp, :sp .sp",
        ":/ /.abs, :/ /.abs",
        "- /, - /",
        "- a//, - a//",
        "+ + x, + + x",
    })
    void readsEveryForm(String rule, String travelling) throws Exception {
        assertThat(texts(new FilterList.Builder().filter(rule, FilterListTest::read)))
                .containsExactly(travelling);
    }

    @Test
    void excludesTheMergeFileItself() throws Exception {
        assertThat(texts(new FilterList.Builder().filter(":e dir/.e", FilterListTest::read)))
                .containsExactly("- .e", ": dir/.e");
    }

    /** The second rule of the same file name would ask for its files twice. */
    @Test
    void looksForAFileNameOnce() throws Exception {
        assertThat(texts(new FilterList.Builder()
                        .filter(": /.rsync-filter", FilterListTest::read)
                        .filter(":n .rsync-filter", FilterListTest::read)
                        .filter(": other", FilterListTest::read)))
                .containsExactly(": /.rsync-filter", ": other");
    }

    @Test
    void readsMergeFiles() throws Exception {
        assertThat(texts(new FilterList.Builder().filter("merge rules", FilterListTest::read)))
                .containsExactly("- *.o", "+ keep/", "-s hidden", "-r last");
        assertThat(texts(new FilterList.Builder().filter(".p rules", FilterListTest::read)))
                .containsExactly("-p *.o", "+p keep/", "-sp hidden", "-rp last");
        assertThat(texts(new FilterList.Builder().filter(".- plain", FilterListTest::read)))
                .containsExactly("- a", "- + b", "- !");
        assertThat(texts(new FilterList.Builder().filter(".+s plain", FilterListTest::read)))
                .containsExactly("+s a", "+s + b", "+s !");
        assertThat(texts(new FilterList.Builder().filter(".C names", FilterListTest::read)))
                .containsExactly("- deep", "- secret");
    }

    @Test
    void clearsWhatStoodBefore() throws Exception {
        assertThat(texts(new FilterList.Builder()
                        .exclude("a")
                        .filter("!", FilterListTest::read)
                        .exclude("b")))
                .containsExactly("- b");
        assertThat(texts(new FilterList.Builder().exclude("a").exclude("!").exclude("!b")))
                .containsExactly("- !b");
        assertThat(texts(new FilterList.Builder().exclude("a").filter("clear", FilterListTest::read)))
                .isEmpty();
    }

    @Test
    void readsSimplePatterns() throws Exception {
        assertThat(texts(new FilterList.Builder()
                        .exclude("*.o")
                        .include("foo/")
                        .exclude("- bar")
                        .exclude("+ baz")
                        .include("- qux")
                        .exclude("-x")))
                .containsExactly("- *.o", "+ foo/", "- bar", "+ baz", "- qux", "- -x");
    }

    @Test
    void readsFilesOfPatterns() throws Exception {
        assertThat(texts(new FilterList.Builder().from(bytes("a\n\n#c\n;d\n+ b \n x"), false, "f")))
                .containsExactly("- a", "+ b ", "-  x");
        assertThat(texts(new FilterList.Builder().nulTerminated(true).from(bytes("a\nb\0#c\0\0d"), true, "f")))
                .containsExactly("+ a\nb", "+ d");
    }

    /** A module's pattern with a slash is about the path in the module, and a directory's exclude covers what is in it. */
    @Test
    void readsWordsOfAModule() throws Exception {
        assertThat(texts(new FilterList.Builder().words("  /a b/c d/ *.o\t- e + f", FilterList.Kind.EXCLUDE)))
                .containsExactly("-/ /a", "-/ b/c", "- d/***", "- *.o", "- e", "+ f");
        assertThat(texts(new FilterList.Builder().words("d/ - x/y/", FilterList.Kind.INCLUDE)))
                .containsExactly("+ d/", "-/ x/y/***");
        assertThat(texts(new FilterList.Builder().words("- foo +_bar H,p q", FilterList.Kind.FILTER)))
                .containsExactly("- foo", "+ bar", "-sp q");
        assertThat(texts(FilterList.Builder.forModule().from(bytes("d/\n"), false, "f")))
                .containsExactly("- d/***");
    }

    @Test
    void insertsTheListOfCvs() throws Exception {
        List<String> rules = texts(new FilterList.Builder().filter("-sC", FilterListTest::read));
        assertThat(rules)
                .hasSize(36)
                .startsWith("-sp RCS", "-sp SCCS")
                .endsWith("-sp core", "-sp .svn/", "-sp .git/", "-sp .hg/", "-sp .bzr/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xyz foo | Unknown filter rule: xyz foo",
                "excluded x | Unknown filter rule: excluded x",
                "Q x | Unknown filter rule: Q x",
                "-q foo | invalid modifier 'q' at position 1 in filter rule: -q foo",
                "-e foo | invalid modifier 'e' at position 1 in filter rule: -e foo",
                "Hs foo | invalid modifier 's' at position 1 in filter rule: Hs foo",
                ":! foo | invalid modifier '!' at position 1 in filter rule: :! foo",
                ":-+ foo | invalid modifier '+' at position 2 in filter rule: :-+ foo",
                "!foo | '!' rule has trailing characters: !foo",
                "- | unexpected end of filter rule: -",
                ": | unexpected end of filter rule: :",
                "merge bad | Unknown filter rule: <rule from bad line 2>",
                "merge,s sided | specified-side merge file contains specified-side filter: <rule from sided line 1>",
            })
    void saysWhatIsWrong(String rule, String message) {
        assertThatThrownBy(() -> new FilterList.Builder().filter(rule, FilterListTest::read))
                .isInstanceOf(TransferException.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "merge none | failed to open exclude file none: none",
                ".+ none | failed to open include file none: none",
                ". loop | merge-file include depth limit (32) exceeded at <rule from a file named at",
            })
    void saysWhichFileCannotBeRead(String rule, String message) {
        assertThatThrownBy(() -> new FilterList.Builder().filter(rule, FilterListTest::read))
                .isInstanceOf(TransferException.class)
                .hasMessageStartingWith(message)
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.FILE_IO));
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 100_000})
    void leavesOutRulesLongerThanAnyPath(int length) throws Exception {
        List<String> complaints = new ArrayList<>();
        FilterList.Builder builder = new FilterList.Builder().complainTo(text -> complaints.add(text(text)));
        builder.exclude("x".repeat(length)).from(bytes("y\n" + "z".repeat(length) + "\n"), false, "file");
        assertThat(texts(builder)).containsExactly("- y");
        assertThat(complaints)
                .containsExactly(
                        "discarding over-long filter: " + "x".repeat(length),
                        "discarding over-long filter: <rule from file line 2>");
    }

    /** White space at a rule's end is hardly meant; what a file says is nobody's business. */
    @Test
    void cautionsOfWhiteSpaceAtTheEnd() throws Exception {
        List<String> cautions = new ArrayList<>();
        FilterList.Builder builder = new FilterList.Builder().cautionTo(rule -> cautions.add(text(rule)));
        builder.filter("-p a ", name -> bytes(""))
                .filter(". file", name -> bytes("- b \n"))
                .exclude("c");
        assertThat(cautions).containsExactly("-p a ");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whatever is written, it is a rule or rsync's error; and what is a rule reads back as itself. */
    @Property(tries = 5000)
    void readsBackWhatItWrites(
            @ForAll
                    @Chars({
                        '-', '+', ':', '!', 'H', 'P', 'C', '/', 'e', 'n', 's', 'r', 'p', 'x', 'w', ' ', '_', ',', '*',
                        'a'
                    })
                    String rule)
            throws Exception {
        try {
            List<String> once = texts(new FilterList.Builder().filter(rule, FilterListTest::read));
            FilterList.Builder again = new FilterList.Builder();
            for (String text : once) {
                again.filter(text, FilterListTest::read);
            }
            assertThat(texts(again)).isEqualTo(once);
        } catch (TransferException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX);
        }
    }

    @Property
    void anyBytesAreARuleOrAnError(@ForAll @CharRange(from = 0, to = 255) String content) throws Exception {
        assertThat(new FilterList.Builder()
                        .from(content.getBytes(StandardCharsets.ISO_8859_1), true, "f")
                        .build())
                .isNotNull();
    }

    private static byte[] read(String name) throws IOException {
        String content = FILES.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return bytes(content);
    }

    private static List<String> texts(FilterList.Builder builder) {
        return builder.build().lines().stream()
                .map(rule -> new String(rule, StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
