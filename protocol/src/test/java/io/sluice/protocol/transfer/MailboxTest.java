package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.transfer.Mailbox.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox();

    private List<String> takeAll() throws IOException {
        List<String> letters = new ArrayList<>();
        mailbox.take((kind, index) -> letters.add(kind + " " + index));
        return letters;
    }

    /** More letters than the first array holds, taken in turns with posting: one that is lost or moved breaks the order. */
    @Test
    void keepsTheOrderOfLetters() throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Kind kind = i % 3 == 0 ? Kind.REDO : i % 3 == 1 ? Kind.DONE : Kind.NOT_SENT;
            mailbox.post(kind, i);
            expected.add(kind + " " + i);
            if (i % 700 == 0) {
                taken.addAll(takeAll());
            }
        }
        taken.addAll(takeAll());
        assertThat(taken).isEqualTo(expected);
    }

    /** The generator waits for an hour here, so only the letter can end the wait within the test's time. */
    @Test
    @Timeout(20)
    void aLetterEndsTheWait() throws Exception {
        FutureTask<List<String>> waiting = new FutureTask<>(() -> {
            mailbox.await(3_600_000);
            return takeAll();
        });
        Thread.ofPlatform().start(waiting);
        mailbox.post(Kind.DONE, 7);
        assertThat(waiting.get()).containsExactly("DONE 7");
    }

    /** The first failure is the cause; the second one, which followed from it, is not told. */
    @Test
    void theFirstFailureCounts() {
        TransferException first = new TransferException(ExitCode.FILE_IO, "first");
        mailbox.fail(first);
        mailbox.fail(new TransferException(ExitCode.STREAM_IO, "second"));
        assertThatThrownBy(mailbox::check).isSameAs(first);
        assertThatThrownBy(() -> mailbox.await(3_600_000)).isSameAs(first);
    }
}
