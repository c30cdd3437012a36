package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Times are given, so that a pass depends on no clock; each test asks before and after the moment that matters. */
class GrowingFilesTest {
    private static final long QUIET = 100;
    private static final long INTERVAL = 250;

    private static byte[] path(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static GrowingFiles files(int max, long interval, ToLongFunction<byte[]> patience) {
        return new GrowingFiles(new GrowingFiles.Limits(max, QUIET, interval), patience);
    }

    private static GrowingFiles files(int max) {
        return files(max, INTERVAL, path -> 0);
    }

    private static List<String> due(GrowingFiles files, long now) {
        return files.takeDue(now).stream()
                .map(p -> new String(p, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void holdsAFileUntilItIsQuiet() {
        GrowingFiles files = files(10);
        assertThat(files.grows(path("a"), 0)).isTrue();
        assertThat(files.grows(path("b"), 10)).isFalse();
        assertThat(files.grows(path("a"), 50)).isFalse();
        assertThat(files.nextDue(50)).hasValue(60);
        assertThat(due(files, 109)).isEmpty();
        assertThat(due(files, 110)).containsExactly("b");
        assertThat(files.holds(path("b"))).isFalse();
        assertThat(files.holds(path("a"))).isTrue();
        assertThat(due(files, 150)).containsExactly("a");
        assertThat(files.nextDue(150)).isEmpty();
    }

    @Test
    void forgetsAFileThatIsClosed() {
        GrowingFiles files = files(10);
        files.grows(path("a"), 0);
        files.completed(path("a"));
        assertThat(files.holds(path("a"))).isFalse();
        assertThat(due(files, 1000)).isEmpty();
        assertThat(files.nextDue(1000)).isEmpty();
    }

    @Test
    void countsTheOldestAsQuietWhenThereAreTooMany() {
        GrowingFiles files = files(2);
        files.grows(path("a"), 0);
        files.grows(path("b"), 1);
        assertThat(files.grows(path("c"), 2)).isTrue();
        assertThat(files.nextDue(2)).hasValue(0);
        assertThat(due(files, 2)).containsExactly("a");
    }

    /** A log that is written to all the time: never quiet, never closed. */
    @Test
    void letsGoWhatGrowsForEverOnceAnInterval() {
        GrowingFiles files = files(10);
        int gone = 0;
        for (long now = 0; now < 10 * INTERVAL; now++) {
            files.grows(path("log"), now);
            gone += due(files, now).size();
        }
        assertThat(gone).isEqualTo(9);
    }

    /** Or whoever looks a moment after it was let go, when it has grown again, would leave it alone for one interval more. */
    @Test
    void holdsNothingBackOfWhichAPartWasLetGo() {
        GrowingFiles files = files(10);
        files.grows(path("log"), 0);
        files.grows(path("log"), INTERVAL - 1);
        assertThat(files.holds(path("log"))).isTrue();
        assertThat(due(files, INTERVAL)).containsExactly("log");
        files.grows(path("log"), INTERVAL + 1);
        assertThat(files.holds(path("log"))).isFalse();
        files.completed(path("log"));
        files.grows(path("log"), INTERVAL + 2);
        assertThat(files.holds(path("log"))).as("somebody writes it anew").isTrue();
    }

    @Test
    void letsGoWhatIsLargeLessOften() {
        GrowingFiles files = files(10, INTERVAL, path -> path.length == 1 ? 0 : 1000);
        for (long now = 0; now <= INTERVAL; now += 10) {
            files.grows(path("s"), now);
            files.grows(path("large"), now);
        }
        assertThat(due(files, INTERVAL)).containsExactly("s");
        assertThat(files.nextDue(INTERVAL)).hasValue(QUIET);
        for (long now = INTERVAL; now < INTERVAL + 1000; now += 10) {
            files.grows(path("large"), now);
            assertThat(due(files, now)).isEmpty();
        }
        files.grows(path("large"), INTERVAL + 1000);
        assertThat(due(files, INTERVAL + 1000)).containsExactly("large");
    }

    /** One that is postponed must not hide that another one is due before it. */
    @Test
    void tellsThatAnotherIsDueSooner() {
        GrowingFiles files = files(10, 50, path -> path.length == 1 ? 0 : 10_000);
        files.grows(path("large"), 0);
        assertThat(due(files, 50)).isEmpty();
        files.grows(path("large"), 60);
        assertThat(files.nextDue(60)).hasValue(QUIET);
        assertThat(files.grows(path("s"), 70)).isTrue();
        assertThat(files.nextDue(70)).hasValue(50);
    }

    @Test
    void holdsForEverIfTold() {
        GrowingFiles files = files(10, 0, path -> 0);
        for (long now = 0; now < 100_000; now += QUIET - 1) {
            files.grows(path("log"), now);
            assertThat(due(files, now)).isEmpty();
            assertThat(files.holds(path("log"))).isTrue();
        }
    }

    /** Names that come and go, some of them let go before: what is kept stays below the number. */
    @Test
    void keepsNoMoreThanItMay() {
        GrowingFiles files = files(100);
        for (int i = 0; i < 10_000; i++) {
            files.grows(path("f" + i), i);
            files.takeDue(i);
        }
        int held = 0;
        for (int i = 0; i < 10_000; i++) {
            held += files.holds(path("f" + i)) ? 1 : 0;
        }
        assertThat(held).isEqualTo(100);
        assertThat(due(files, 20_000)).hasSize(100);
        assertThat(files.nextDue(20_000)).isEmpty();
    }
}
