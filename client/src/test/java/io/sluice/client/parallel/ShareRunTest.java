package io.sluice.client.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.MemoryException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.event.TransferStatistics.Counts;
import io.sluice.protocol.transfer.TransferResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShareRunTest {
    private static final int SHARES = 4;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch refused = new CountDownLatch(SHARES - 1);

    /** The one that is let in stays until all others have given up: it then does their shares, and each of them has said why. */
    @Test
    void aDaemonThatLetsOneInGetsAllSharesByThatOne() throws TransferException {
        Semaphore place = new Semaphore(1);
        ShareRun run = new ShareRun(
                names -> {
                    if (!place.tryAcquire()) {
                        throw full();
                    }
                    await(refused);
                    done.add(new String(names.getFirst(), StandardCharsets.US_ASCII));
                    place.release();
                    return result();
                },
                note -> {
                    notes.add(note);
                    refused.countDown();
                });
        assertThat(run.run(shares())).hasSize(SHARES);
        assertThat(done).containsExactlyInAnyOrder("0", "1", "2", "3");
        assertThat(notes)
                .hasSize(SHARES - 1)
                .allMatch(note ->
                        note.equals("a connection less: @ERROR: max connections (1) reached -- try again later"));
    }

    /** What was begun and broke is left to the session after all others, and the other shares go on. */
    @Test
    void aConnectionThatBreaksLeavesItsShare() throws TransferException {
        ShareRun run = new ShareRun(
                names -> {
                    String name = new String(names.getFirst(), StandardCharsets.US_ASCII);
                    if (name.equals("2")) {
                        throw new TransferException(ExitCode.STREAM_IO, "connection unexpectedly closed");
                    }
                    done.add(name);
                    return result();
                },
                notes::add);
        assertThat(run.run(shares())).hasSize(SHARES - 1);
        assertThat(done).containsExactlyInAnyOrder("0", "1", "3");
        assertThat(notes).containsExactly("a connection less: connection unexpectedly closed");
    }

    /** It is neither left to the session that follows, which would meet it too or hide it, nor waited for. */
    @Test
    void anErrorOfTheMachineEndsTheTransfer() {
        ShareRun run = new ShareRun(
                names -> {
                    String name = new String(names.getFirst(), StandardCharsets.US_ASCII);
                    if (name.equals("2")) {
                        throw new OutOfMemoryError("in a test");
                    }
                    done.add(name);
                    return result();
                },
                notes::add);
        assertThatThrownBy(() -> run.run(shares()))
                .isInstanceOfSatisfying(
                        MemoryException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.MALLOC))
                .hasMessage("out of memory: in a test");
        assertThat(done).containsExactlyInAnyOrder("0", "1", "3");
    }

    private static List<List<byte[]>> shares() {
        return IntStream.range(0, SHARES)
                .mapToObj(i -> List.of(String.valueOf(i).getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    private static TransferResult result() {
        return new TransferResult(
                ExitCode.OK,
                new TransferStatistics(Counts.ZERO, Counts.ZERO, Counts.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static TransferException full() {
        return new ClientException(ExitCode.START_CLIENT, "@ERROR: max connections (1) reached -- try again later");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
