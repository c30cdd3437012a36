package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom while a resolver does not answer; what is asked of it here ends when the test says so. */
@Timeout(60)
class FairThreadsTest {
    private static final int SHARE = 8;
    private static final int MOST = 20_000;

    private final FairThreads lookups = new FairThreads("test", 64, SHARE);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Semaphore begun = new Semaphore(0);
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void end() {
        answer.countDown();
        lookups.close();
    }

    private void hang() {
        begun.release();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.incrementAndGet();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text); // a number is not looked up
    }

    /** One that had all threads, or a queue in common with others, would keep these waiting until the test's time is over. */
    @Test
    void thoseOfOneNetworkKeepNoOtherWaiting() throws Exception {
        for (int i = 0; i < 200; i++) {
            lookups.execute(address("192.0.2.1"), this::hang);
            lookups.execute(address("2001:db8::" + Integer.toHexString(i + 1)), this::hang);
        }
        begun.acquire(2 * SHARE);
        List<String> others = List.of("192.0.2.2", "2001:db8:0:1::1");
        CountDownLatch served = new CountDownLatch(others.size());
        for (String other : others) {
            lookups.execute(address(other), served::countDown);
        }
        served.await();
        assertThat(begun.availablePermits())
                .as("of those two networks that have more than their share")
                .isZero();
    }

    /** Each that waited has its turn, and what fails gives its place back. */
    @Test
    void allHaveTheirTurn() throws Exception {
        CountDownLatch all = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            lookups.execute(address("192.0.2.1"), () -> {
                hang();
                all.countDown();
            });
        }
        answer.countDown();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        lookups.execute(address("192.0.2.1"), begun::release);
        begun.acquire(101);
    }

    @Test
    void thereIsAnEndToThem() throws Exception {
        List<InetAddress> peers = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            peers.add(address("192.0.2." + i));
        }
        for (int i = 0; i < MOST; i++) {
            lookups.execute(peers.get(i % peers.size()), this::hang);
        }
        assertThatThrownBy(() -> lookups.execute(address("192.0.2.1"), this::hang))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
