package io.sluice.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row is a habit of rsync's parser; a neighbour row or the plain reading of the line would give something else. */
class StatementReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "comment = \\~  text~|[comment][  text]",
                "comment =   text  ~|[comment][text]",
                "comment = a \\  ~  b~|[comment][a   b]",
                "comment = a \\|[comment][a \\]",
                "a \\~ b = c~|[a b][c]",
                "\\a = b~|[a][b]",
                "a = = b~|[a][= b]",
                "a = b # c~|[a][b # c]",
                "[mo\\~dule]~|{module}",
                "[m] \\~a = b~|{m},[a][b]",
                "[m] x ; y~a = b~|{m},[a][b]",
                "&include /a b~|<&include></a b>",
                "&include=/a~|<&include></a>",
                "&include = /a~|<&include></a>",
                "&Merge\t/a~|<&Merge></a>",
                "&include~a = b~|?Ignoring badly formed line in config file: &include,[a][b]",
                "nonsense~a = b~|?Ignoring badly formed line in config file: nonsense,[a][b]",
                "a = b~nonsense|[a][b],?Unexpected end-of-file at: nonsense",
                "# a \\~b = c~|[b][c]",
            })
    void readsLinesAsRsyncDoes(String content, String statements) throws ConfigurationException {
        assertThat(String.join(",", read(content))).isEqualTo(statements);
    }

    @Test
    void endsAtANul() throws ConfigurationException {
        assertThat(read("a = b~\0c = d~")).containsExactly("[a][b]");
    }

    /** What stands above a line without sense has been taken by then. */
    @Test
    void tellsOfALineWithoutSenseOnlyWhenItGetsThere() throws ConfigurationException {
        StatementReader reader = new StatementReader("f", bytes("a = b~[web"));
        assertThat(reader.next()).isPresent();
        assertThatThrownBy(reader::next)
                .hasMessage("f:2: Unexpected EOF in the config file: web (expected: [section])");
    }

    private static List<String> read(String content) throws ConfigurationException {
        StatementReader reader = new StatementReader("f", bytes(content));
        List<String> statements = new ArrayList<>();
        for (Optional<Statement> next = reader.next(); next.isPresent(); next = reader.next()) {
            statements.add(
                    switch (next.get()) {
                        case Statement.Header header -> "{" + header.name() + "}";
                        case Statement.Assignment(Parameter of) -> "[" + of.name() + "][" + of.text() + "]";
                        case Statement.Directive(Parameter of) -> "<" + of.name() + "><" + of.text() + ">";
                        case Statement.Ignored line ->
                            "?" + String.valueOf(line.reason().getMessage()).replaceAll("^f:\\d+: | \\(.*$", "");
                    });
        }
        return statements;
    }

    private static byte[] bytes(String content) {
        return content.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
    }
}
