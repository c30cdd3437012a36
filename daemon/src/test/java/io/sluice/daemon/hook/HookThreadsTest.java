package io.sluice.daemon.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is at work here never ends by itself: that {@code close} comes back shows that it was interrupted. */
@Timeout(60)
class HookThreadsTest {
    private final HookThreads threads = new HookThreads();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    private void hang(String name) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            ended.add(name);
        }
    }

    @Test
    void closingWaitsForNoCommandThatHangs() throws Exception {
        threads.start(() -> hang("one"));
        threads.start(() -> hang("two"));
        threads.close(Duration.ZERO);
        assertThat(ended).containsExactlyInAnyOrder("one", "two");
        assertThat(threads.count()).isZero();
    }

    /** A connection whose first command is given up has a last one. */
    @Test
    void closingIsDoneOnlyWhenWhatEndsStartsNothingMore() throws Exception {
        threads.start(() -> {
            hang("first");
            threads.start(() -> hang("last"));
        });
        threads.close(Duration.ZERO);
        assertThat(ended).containsExactly("first", "last");
        assertThat(threads.count()).isZero();
    }

    @Test
    void aCommandAfterTheEndIsStartedAndNotWaitedFor() throws Exception {
        threads.close(Duration.ZERO);
        CountDownLatch begun = new CountDownLatch(1);
        threads.start(() -> {
            begun.countDown();
            hang("late");
        });
        threads.await();
        assertThat(begun.getCount()).isZero();
        assertThat(ended).containsExactly("late");
    }

    @Test
    void whatEndsInTimeIsNotInterrupted() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        threads.start(() -> {
            try {
                assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
                ended.add("in peace");
            } catch (InterruptedException e) {
                ended.add("interrupted");
            }
        });
        go.countDown();
        threads.close(Duration.ofSeconds(30));
        assertThat(ended).containsExactly("in peace");
    }
}
