package io.sluice.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.config.ParameterFile.Section;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expected value differs from what the line would give if the rule under test did not exist. */
class ParameterFileTest {
    @Test
    void keepsSectionsAndParametersWithTheirLines() throws Exception {
        ParameterFile file = parse("uid = a\n\n[ web  one ] rest\npath=/x\n# c\n; d\n[b]\n");
        assertThat(file.sections()).extracting(Section::name).containsExactly("", "web one", "b");
        assertThat(file.sections()).extracting(Section::line).containsExactly(1, 3, 7);
        Parameter path = file.sections().get(1).parameters().getFirst();
        assertThat(path.name()).isEqualTo("path");
        assertThat(path.text()).isEqualTo("/x");
        assertThat(path.line()).isEqualTo(4);
    }

    @Test
    void beginsWithASectionWithoutNameEvenIfEmpty() throws Exception {
        assertThat(parse("[a]\n").sections()).extracting(Section::name).containsExactly("", "a");
        assertThat(parse("").sections()).extracting(Section::name).containsExactly("");
    }

    @Test
    void splitsAtTheFirstEqualsSignAndKeepsInnerSpace() throws Exception {
        Parameter only = only("  Log \t Format =  %o = [%a]  # x;\r\n");
        assertThat(only.name()).isEqualTo("Log Format");
        assertThat(only.text()).isEqualTo("%o = [%a]  # x;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max connections", "MaxConnections", " MAX  CONNECTIONS"})
    void ignoresSpaceAndCaseInNames(String written) throws Exception {
        assertThat(only(written + " = 1").is("max connections")).isTrue();
        assertThat(only(written + " = 1").is("max connection")).isFalse();
    }

    @Test
    void joinsContinuedLinesAndCountsThem() throws Exception {
        ParameterFile file = parse("hosts allow = a, \\\n  b, \\ \nc\nuid = x\n");
        List<Parameter> parameters = file.sections().getFirst().parameters();
        assertThat(parameters.get(0).text()).isEqualTo("a,   b, c");
        assertThat(parameters.get(1).line()).isEqualTo(4);
    }

    @Test
    void continuesNoComment() throws Exception {
        assertThat(parse("# c \\\nuid = x\n").sections().getFirst().parameters())
                .hasSize(1);
    }

    @Test
    void keepsBytesThatAreNoText() throws Exception {
        byte[] line = "path = /a/\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        Parameter path = ParameterFile.parse("f", line)
                .sections()
                .getFirst()
                .parameters()
                .getFirst();
        assertThat(path.bytes()).isEqualTo(new byte[] {'/', 'a', '/', (byte) 0xFF});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ";[web; | f:2: Badly formed line in config file: web (expected: [section])",
                "[ ] | f:1: Empty section name in config file (expected: [section])",
                "= x | f:1: Invalid parameter name in config file (expected: name = value)",
                ";;&include /x | f:3: directive: &include /x (expected: none; include and merge are not supported)",
            })
    void refusesLinesWithoutSense(String content, String message) {
        assertThatThrownBy(() -> parse(content.replace(';', '\n')))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX))
                .hasMessage(message);
    }

    @Test
    void goesOnAfterANameWithoutAValue() throws Exception {
        ParameterFile file = parse("uid = a\nignore errors\ngid = b\n");
        assertThat(file.sections().getFirst().parameters()).hasSize(2);
        assertThat(file.ignored())
                .extracting(ConfigurationException::getMessage)
                .containsExactly(
                        "f:2: Ignoring badly formed line in config file: ignore errors (expected: name = value)");
    }

    @Test
    void readsFlagsInAllSpellings() throws Exception {
        for (String yes : List.of("yes", "TRUE", "1", "Y es")) {
            assertThat(only("x = " + yes).flag()).isTrue();
        }
        for (String no : List.of("no", "False", "0")) {
            assertThat(only("x = " + no).flag()).isFalse();
        }
        assertThat(only("x = unset").flagOrUnset()).isEmpty();
        assertThatThrownBy(() -> only("x = noo").flag())
                .hasMessageStartingWith("f:1: Badly formed boolean in configuration file: \"noo\"");
    }

    @Test
    void boundsNumbers() throws Exception {
        assertThat(only("port = 873").number(0, 65_535)).isEqualTo(873);
        for (String bad : List.of("65536", "-1", "ten", "")) {
            assertThatThrownBy(() -> only("port = " + bad).number(0, 65_535))
                    .hasMessage("f:1: port: \"" + bad + "\" (expected: a number from 0 to 65535)");
        }
    }

    private static Parameter only(String content) throws ConfigurationException {
        List<Parameter> parameters = parse(content).sections().getFirst().parameters();
        assertThat(parameters).hasSize(1);
        return parameters.getFirst();
    }

    private static ParameterFile parse(String content) throws ConfigurationException {
        return ParameterFile.parse("f", content.getBytes(StandardCharsets.UTF_8));
    }
}
