package io.sluice.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Buckets of ten seconds, sixty of them; each test would see a bucket that is kept too long or emptied too early. */
class HistoryTest {
    private static final long START = 1_700_000_000_000L;
    private final History history = new History();

    @Test
    void putsWhatComesTogetherIntoOneBucket() {
        history.pushed(START, 3, 100, 20);
        history.pushed(START + 9_999, 2, 50, 10);
        history.pushed(START + 10_000, 1, 1, 5);
        History.Buckets buckets = history.buckets(START + 10_000);
        assertThat(buckets.changes()).endsWith(0L, 5L, 1L);
        assertThat(buckets.bytes()).endsWith(150L, 1L);
        assertThat(buckets.lagMillis()).endsWith(20L, 5L);
    }

    @Test
    void forgetsWhatIsOlderThanTenMinutes() {
        history.failed(START);
        assertThat(history.buckets(START + 599_999).allFailures()).isEqualTo(1);
        assertThat(history.buckets(START + 600_000).allFailures()).isZero();
    }

    @Test
    void forgetsEverythingAfterALongSleep() {
        for (int i = 0; i < History.BUCKETS; i++) {
            history.pushed(START + i * 10_000L, 1, 1, 1);
        }
        assertThat(history.buckets(START + 590_000).allChanges()).isEqualTo(60);
        assertThat(history.buckets(START + 86_400_000).allChanges()).isZero();
    }

    @Test
    void goesOnWhenTheClockGoesBack() {
        history.pushed(START, 1, 1, 1);
        history.pushed(START - 3_600_000, 1, 1, 1);
        assertThat(history.buckets(START - 3_600_000).allChanges()).isEqualTo(2);
    }
}
