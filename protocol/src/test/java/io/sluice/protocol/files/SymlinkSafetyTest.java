package io.sluice.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row differs from one with the other verdict by what decides it. */
class SymlinkSafetyTest {
    @ParameterizedTest
    @CsvSource({
        "beside, link, safe",
        "below/it, link, safe",
        "below/., link, safe",
        "below/, link, safe",
        "./beside, link, safe",
        "/absolute, link, unsafe",
        "//absolute, deep/down/link, unsafe",
        "'', link, unsafe",
        "../up, link, unsafe",
        "../up, one/link, safe",
        "../up, ./link, unsafe",
        "../../up, one/link, unsafe",
        "../../up, one/two/link, safe",
        "..//../up, one//link, unsafe",
        "../up, one/../link, unsafe",
        ".., one/link, safe",
        ".., link, unsafe",
        "../.., one/two/three/link, unsafe",
        "down/../beside, one/link, unsafe",
        "./../beside, one/link, unsafe",
        "down/.., one/link, unsafe",
        "..a/b, link, safe",
        "a../b, link, safe",
        "a/..b, link, safe",
    })
    void tellsByTheTextAlone(String target, String path, String verdict) {
        assertThat(SymlinkSafety.isUnsafe(bytes(target), bytes(path))).isEqualTo(verdict.equals("unsafe"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
