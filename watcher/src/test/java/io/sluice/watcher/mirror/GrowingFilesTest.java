package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are given, so that a pass depends on no clock; each test asks before and after the moment that matters. */
class GrowingFilesTest {
    private static byte[] path(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> quiet(GrowingFiles files, long now) {
        return files.takeQuiet(now).stream()
                .map(p -> new String(p, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void holdsAFileUntilItIsQuiet() {
        GrowingFiles files = new GrowingFiles(10, 100);
        files.grows(path("a"), 0);
        files.grows(path("b"), 10);
        files.grows(path("a"), 50);
        assertThat(files.nextQuiet(50)).hasValue(60);
        assertThat(quiet(files, 109)).isEmpty();
        assertThat(quiet(files, 110)).containsExactly("b");
        assertThat(files.contains(path("b"))).isFalse();
        assertThat(files.contains(path("a"))).isTrue();
        assertThat(quiet(files, 150)).containsExactly("a");
        assertThat(files.nextQuiet(150)).isEmpty();
    }

    @Test
    void forgetsAFileThatIsClosed() {
        GrowingFiles files = new GrowingFiles(10, 100);
        files.grows(path("a"), 0);
        files.completed(path("a"));
        assertThat(files.contains(path("a"))).isFalse();
        assertThat(quiet(files, 1000)).isEmpty();
    }

    @Test
    void countsTheOldestAsQuietWhenThereAreTooMany() {
        GrowingFiles files = new GrowingFiles(2, 100);
        files.grows(path("a"), 0);
        files.grows(path("b"), 1);
        files.grows(path("c"), 2);
        assertThat(files.nextQuiet(2)).hasValue(0);
        assertThat(quiet(files, 2)).containsExactly("a");
    }
}
