package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps that rsync 3.5.0 takes, as its {@code --debug=FILTER2} shows them; each row differs from a neighbour in one component. */
class ParentStepsTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String steps(ParentSteps parents, String directory) {
        return parents.to(bytes(directory)).stream()
                .map(step -> step.depth() + ":" + new String(step.directory(), StandardCharsets.US_ASCII))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "a,     a,      ''",
        "a/b,   a,      ''", // what is deeper stays entered
        "a,     b,      1:b",
        "a,     ab,     1:ab",
        "ab,    a,      1:a",
        "a,     a/b,    1:a 2:a/b", // the parent anew
        "a/b,   a/c,    2:a/c",
        "a/b,   a/c/d,  2:a/c 3:a/c/d",
        "/a/b,  /a/c,   3:/a/c", // once there is one to compare with, the first slash counts
    })
    void fromOneParentToTheNext(String from, String to, String expected) {
        ParentSteps parents = new ParentSteps();
        parents.to(bytes(from));
        assertThat(steps(parents, to)).isEqualTo(expected);
    }

    @Test
    void whatIsForgottenIsEnteredAnew() {
        ParentSteps parents = new ParentSteps();
        assertThat(steps(parents, "/a/b")).isEqualTo("1:/a 2:/a/b");
        parents.forget();
        assertThat(steps(parents, "/a/b")).isEqualTo("1:/a 2:/a/b");
    }
}
