package io.sluice.client.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the names of a list are relative to: a wrong answer would have other files transferred, so each form of a source has its row. */
class SourceBaseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // sources, -R, on a daemon, base
                "src/ false false src/",
                "src false false ./",
                "a/b false false a/",
                "/a/b false false /a/",
                "/ false false /",
                ". false false ./",
                "a/. false false a/./",
                ".. false false ../",
                "a/.. false false a/../",
                ".hidden false false ./",
                "a,b false false ./",
                "a/,b/ false false -",
                "a/x,b/y false false -",
                "a/x,a/y false false a/",
                "a/b true false ./",
                "/a/b true false /",
                "a/./b true false a/",
                "a/./b,a/./c true false a/",
                "a/./b,c/d true false -",
                "a[1]/x false false a[1]/",
                "mod/ false true mod/",
                "mod false true mod/",
                "mod/a false true mod/",
                "mod/a/ false true mod/a/",
                "mod/a* false true mod/",
                "mod/a*/b false true -",
                "mod/a*/ false true -",
                "mod/a/b true true mod/",
                "mod/a/./b true true mod/a/",
                "mod/./b true true mod/",
                "mod/a?/./b true true -"
            })
    void isTheDirectoryOfTheNames(String sources, boolean relative, boolean daemon, String base) {
        List<byte[]> paths = Arrays.stream(sources.split(",", -1))
                .map(path -> path.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        Optional<String> found =
                SourceBase.of(paths, relative, daemon).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
        assertThat(found).isEqualTo(base.equals("-") ? Optional.empty() : Optional.of(base));
    }
}
