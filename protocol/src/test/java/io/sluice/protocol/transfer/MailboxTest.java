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

    /** What came behind a letter is not known before the letter before it was opened: each wait opens one, though all are there. */
    @Test
    @Timeout(20)
    void opensOneLetterAtATime() throws IOException {
        mailbox.begin(1, false);
        mailbox.post(Kind.DONE, 5);
        mailbox.listChanged(2, false);
        mailbox.listChanged(2, true);
        mailbox.post(Kind.REDO, 6);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            mailbox.awaitLetter(3_600_000);
            mailbox.takeOpened((kind, index) -> seen.add(kind + " " + index));
            seen.add(mailbox.segments() + (mailbox.isListComplete() ? " of all" : " so far"));
        }
        assertThat(seen).containsExactly("DONE 5", "1 so far", "2 so far", "2 of all", "REDO 6", "2 of all");
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
