package io.sluice.protocol.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of two names is more like a third one. The names differ in one respect each, so that only that respect decides. */
class SimilarNamesTest {
    private static final long FAR = Long.MAX_VALUE - 1;

    @ParameterizedTest
    @CsvSource({
        "archive-v2.tar, archive-v1.tar, archive-old.tar",
        "rsync.c, rsync2.c, rsync.h",
        "photo.jpeg, photos.jpeg, photo.png",
        "report-2024.txt, report-2023.txt, report.txt",
        "a1, a2, a9"
    })
    void prefersTheNearerName(String wanted, String nearer, String farther) {
        SimilarNames names = new SimilarNames(bytes(wanted));
        assertThat(names.distance(bytes(nearer), FAR)).isLessThan(names.distance(bytes(farther), FAR));
    }

    @Test
    void theSameNameIsAtNoDistance() {
        assertThat(new SimilarNames(bytes("x.tar")).distance(bytes("x.tar"), FAR))
                .isZero();
    }

    @Test
    void lengthsAloneTellThatALimitIsPassed() {
        SimilarNames names = new SimilarNames(bytes("short"));
        assertThat(names.distance(bytes("a very much longer name"), 3 * SimilarNames.UNIT))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "file.txt, .txt",
        "file.txt~, .txt",
        "file.txt.bak, .txt",
        "file.tar.gz, .gz",
        "libx.so.1, .so",
        "file.1, .1",
        ".hidden, ''",
        "plain, ''"
    })
    void findsTheSuffixThatTellsTheKind(String name, String suffix) {
        assertThat(new String(SimilarNames.suffix(bytes(name)), ISO_8859_1)).isEqualTo(suffix);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
