package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** While a batch is read, what the generator asks for: it is no request, but tells the receiver which of the files that come it is to take. */
final class WantedFiles {
    private static final int NOTHING = -1;
    private static final int END = -2;
    private static final long LOOK_MILLIS = 500;

    private final Mailbox mailbox;
    private final FileList list;
    private final BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();

    // The receiver's.
    private int next = NOTHING;
    private int ends;

    /** @param list none of its segments are released before the batch has been read */
    WantedFiles(Mailbox mailbox, FileList list) {
        this.mailbox = mailbox;
        this.list = list;
    }

    /** Generator: it would ask for this file. */
    void ask(int index) {
        asked.add(index);
    }

    /** Generator: it would send an end mark. */
    void done() {
        asked.add(END);
    }

    /**
     * Receiver: the batch has a file of {@code segment}; waits until the generator has come that far.
     *
     * @param missed gets what the generator wants and the batch does not have
     */
    boolean wants(int index, Segment segment, IntConsumer missed) throws IOException {
        advance(segment.at(index).place(), segment, missed);
        if (next != index) {
            return false;
        }
        next = NOTHING;
        return true;
    }

    /** Receiver: the batch has nothing more of {@code segment}. */
    void end(Segment segment, IntConsumer missed) throws IOException {
        advance(segment.firstIndex() + segment.size(), segment, missed);
    }

    private void advance(int place, Segment segment, IntConsumer missed) throws IOException {
        int needed = list.isIncremental() ? segment.number() : 0;
        while (placeOf(next) < place && ends <= needed) {
            if (next >= 0) {
                missed.accept(next);
            }
            int taken = take();
            next = taken == END ? NOTHING : taken;
            ends += taken == END ? 1 : 0;
        }
    }

    /** The generator asks in the order of places. */
    private int placeOf(int index) throws IOException {
        return index < 0 ? index : list.containing(index).at(index).place();
    }

    private int take() throws TransferException {
        try {
            @Nullable Integer taken = null;
            while (taken == null) {
                mailbox.check();
                taken = asked.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(ExitCode.SIGNAL, "interrupted while waiting for the generator", e);
        }
    }
}
