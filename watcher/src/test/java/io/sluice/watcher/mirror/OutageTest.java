package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each asks just before the limit, and at it. */
class OutageTest {
    @Test
    void isLongFromItsFirstFailureOn() {
        Outage outage = new Outage(100);
        assertThat(outage.ends(0)).isFalse();
        outage.failed(1000);
        outage.failed(1090);
        assertThat(outage.ends(1099)).isFalse();
        outage.failed(2000);
        outage.failed(2090);
        assertThat(outage.ends(2100)).isTrue();
        assertThat(outage.ends(3000)).as("it is over").isFalse();
    }

    @Test
    void isNeverLongWithoutALimit() {
        Outage outage = new Outage(0);
        outage.failed(0);
        assertThat(outage.ends(Long.MAX_VALUE)).isFalse();
    }
}
