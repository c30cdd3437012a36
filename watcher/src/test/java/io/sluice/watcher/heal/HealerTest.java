package io.sluice.watcher.heal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When replicas are compared, and what comes of it; the replicas are played here, so that each call is seen. */
@Timeout(60)
class HealerTest {
    private static final Duration SHORT = Duration.ofMillis(2);
    private static final Comparison EQUAL = new Comparison(List.of(), 0, List.of(), 5, List.of());
    private static final Comparison DIFFERENT = new Comparison(
            List.of(new Difference(new byte[] {'a'}, false, Set.of(Aspect.CONTENT, Aspect.MODE))),
            0,
            List.of(),
            5,
            List.of());

    private static class Played implements Healer.Patient {
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private volatile boolean steady = true;
        private volatile Comparison result = EQUAL;

        @Override
        public boolean isSteady() {
            boolean now = steady;
            said.add(now ? "steady" : "behind");
            return now;
        }

        @Override
        public Comparison compare() throws IOException, InterruptedException {
            said.add("compare");
            return result;
        }

        @Override
        public Optional<String> heal(Comparison comparison) {
            said.add("heal");
            return Optional.empty();
        }

        @Override
        public void tell(List<String> differences, Optional<String> error) {
            said.add("tell " + differences + error.map(words -> " " + words).orElse(""));
        }

        @Override
        public void abort() {
            said.add("abort");
        }

        String next() throws InterruptedException {
            @Nullable String next = said.poll(30, TimeUnit.SECONDS);
            return next == null ? "nothing in time" : next;
        }
    }

    private static Healer start(Duration interval, Healer.Patient... patients) {
        Healer healer = new Healer(List.of(patients), interval, new Random(1));
        healer.start();
        return healer;
    }

    @Test
    void comparesAgainAndAgainAndHealsWhatDiffers() throws Exception {
        Played played = new Played();
        played.result = DIFFERENT;
        try (Healer _ = start(SHORT, played)) {
            for (int round = 0; round < 3; round++) {
                assertThat(List.of(played.next(), played.next(), played.next(), played.next()))
                        .containsExactly("steady", "compare", "heal", "tell [content,mode: a]");
            }
        }
    }

    @Test
    void healsNothingWhereNothingDiffers() throws Exception {
        Played played = new Played();
        try (Healer _ = start(SHORT, played)) {
            assertThat(List.of(played.next(), played.next(), played.next()))
                    .containsExactly("steady", "compare", "tell []");
        }
    }

    @Test
    void waitsForAReplicaThatIsBehindWhileOthersHaveTheirTurn() throws Exception {
        Played behind = new Played();
        behind.steady = false;
        Played other = new Played();
        try (Healer _ = start(SHORT, behind, other)) {
            assertThat(List.of(behind.next(), behind.next(), behind.next())).containsOnly("behind");
            assertThat(List.of(other.next(), other.next())).containsExactly("steady", "compare");
            behind.steady = true;
            String word = behind.next();
            while (word.equals("behind")) {
                word = behind.next();
            }
            assertThat(List.of(word, behind.next())).containsExactly("steady", "compare");
        }
    }

    @Test
    void goesOnAfterAFailure() throws Exception {
        Played played = new Played() {
            @Override
            public Comparison compare() throws IOException, InterruptedException {
                var _ = super.compare();
                throw new IOException("refused");
            }
        };
        try (Healer _ = start(SHORT, played)) {
            for (int round = 0; round < 2; round++) {
                assertThat(List.of(played.next(), played.next(), played.next(), played.next()))
                        .containsExactly("steady", "compare", "tell [] refused", "steady"); // it is not behind
            }
        }
    }

    @Test
    void endsWhatIsUnderWay() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Semaphore aborted = new Semaphore(0);
        Played played = new Played() {
            @Override
            public Comparison compare() throws InterruptedException {
                began.countDown();
                aborted.acquireUninterruptibly();
                return EQUAL;
            }

            @Override
            public void abort() {
                aborted.release();
            }
        };
        Healer healer = start(SHORT, played);
        began.await();
        healer.close();
        assertThat(List.of(played.next(), played.next())).containsExactly("steady", "tell []");
    }

    /** Or all replicas would be compared when the mirror has just begun. */
    @Test
    void spreadsTheFirstTurnsOverTheInterval() {
        BlockingQueue<Long> bounds = new LinkedBlockingQueue<>();
        Random random = new Random(1) {
            private static final long serialVersionUID = 1L;

            @Override
            public long nextLong(long bound) {
                bounds.add(bound);
                return super.nextLong(bound);
            }
        };
        Healer healer = new Healer(List.of(new Played(), new Played()), Duration.ofHours(6), random);
        healer.close();
        assertThat(bounds)
                .containsExactly(
                        Duration.ofHours(6).toNanos(), Duration.ofHours(6).toNanos());
    }
}
