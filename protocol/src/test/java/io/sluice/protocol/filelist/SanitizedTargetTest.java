package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected is what rsync's daemon stored of the same targets, at the top of a module and two directories below it. */
class SanitizedTargetTest {
    @ParameterizedTest
    @CsvSource({
        "a, a, a",
        "../out, out, ../out",
        "../../x, x, ../../x",
        "../../../x, x, ../../x",
        "sub/../../y, y, ../y",
        "/abs/path, abs/path, abs/path",
        "/, ., .",
        ".., ., ..",
        "./b, b, b",
        "a/../b, b, b",
        "//c, c, c",
        "/a/../.., ., ..",
        "sub/./x, sub/x, sub/x",
        "sub//x, sub/x, sub/x",
        "../m/./z, m/z, ../m/z",
        "., ., .",
        "sub/.., ., .",
        "a/, a/, a/",
        "../, ., ../",
        "../../.., ., ../../",
        "a//, a/, a/"
    })
    void leadsNowhereAboveTheTop(String target, String atTop, String below) {
        assertThat(sanitized(target, 0)).isEqualTo(atTop);
        assertThat(sanitized(target, 2)).isEqualTo(below);
    }

    /** A name is bytes: none is changed by what else happens to it. */
    @Test
    void keepsBytes() {
        byte[] target = {'/', (byte) 0xFF, (byte) 0xC3, '/', '.', '.', '/', (byte) 0x80};
        assertThat(SanitizedTarget.of(target, 0)).containsExactly(0x80);
    }

    private static String sanitized(String target, int directories) {
        return new String(
                SanitizedTarget.of(target.getBytes(StandardCharsets.UTF_8), directories), StandardCharsets.UTF_8);
    }
}
