package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The random part is a parameter: with the least and the greatest the limits are exact. */
class BackoffTest {
    private static RandomGenerator always(boolean greatest) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException("unbounded");
            }

            @Override
            public long nextLong(long bound) {
                return greatest ? bound - 1 : 0;
            }
        };
    }

    private static long[] waits(Backoff backoff, int count) {
        long[] waits = new long[count];
        for (int i = 0; i < count; i++) {
            waits[i] = backoff.next();
        }
        return waits;
    }

    @Test
    void doublesUpToItsLimitAndBeginsAnewAfterASuccess() {
        Backoff backoff = new Backoff(Duration.ofNanos(100), Duration.ofNanos(500), always(true));
        assertThat(waits(backoff, 5)).containsExactly(100, 200, 400, 500, 500);
        backoff.reset();
        assertThat(waits(backoff, 2)).containsExactly(100, 200);
    }

    @Test
    void waitsAtLeastHalf() {
        assertThat(waits(new Backoff(Duration.ofNanos(100), Duration.ofNanos(500), always(false)), 4))
                .containsExactly(50, 100, 200, 250);
    }

    /** Replicas that failed together must not come back together. */
    @Test
    void differsFromReplicaToReplica() {
        Backoff one = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1));
        Backoff two = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(2));
        assertThat(waits(one, 4)).isNotEqualTo(waits(two, 4));
    }
}
