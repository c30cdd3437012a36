package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the generator learns while it works: from the receiver what became of a file, that a phase has ended or a segment has come; from the peer's
 * messages that a file cannot be sent. Posting never waits.
 */
final class Mailbox {
    private static final int KIND_SHIFT = 32;
    private static final int FIRST_CAPACITY = 256;

    // Guarded by this.
    private long[] letters = new long[FIRST_CAPACITY];
    private int first;
    private int count;
    private int opened;
    private int segments;
    private boolean listComplete;
    private int phasesEnded;
    private boolean stirred;
    private boolean waiting;
    private @Nullable TransferException failure;

    // A hint that is read without the lock: there may be something new.
    private volatile boolean filled;

    /** What became of a file whose content was asked for. */
    enum Kind {
        /** It is in its place. */
        DONE(0),
        /** It will not come. */
        NOT_SENT(1),
        /** What came was wrong: it is to be asked for again. */
        REDO(2),
        /** Of no file: the number of segments that the list has now. */
        SEGMENTS(3),
        /** Of no file: as before, and no other will come. */
        LAST_SEGMENT(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static Kind of(int code) {
            return switch (code) {
                case 0 -> DONE;
                case 1 -> NOT_SENT;
                case 2 -> REDO;
                case 3 -> SEGMENTS;
                default -> LAST_SEGMENT;
            };
        }
    }

    /** Takes letters out. */
    interface Reader {
        void read(Kind kind, int index) throws IOException;
    }

    synchronized void post(Kind kind, int index) {
        if (count == letters.length) {
            long[] larger = Arrays.copyOf(letters, count * 2);
            for (int i = 0; i < count; i++) {
                larger[i] = letters[(first + i) % count];
            }
            letters = larger;
            first = 0;
        }
        letters[(first + count++) % letters.length] = ((long) kind.code << KIND_SHIFT) | index;
        stir();
    }

    /** The receiver has come to the end of a phase. */
    synchronized void endPhase() {
        phasesEnded++;
        stir();
    }

    /** What is known of the list before the first letter. */
    synchronized void begin(int count, boolean complete) {
        segments = count;
        listComplete = complete;
    }

    /** The list has {@code count} segments now, or is complete with them. */
    void listChanged(int count, boolean complete) {
        post(complete ? Kind.LAST_SEGMENT : Kind.SEGMENTS, count);
    }

    /** How many segments the list has, as far as letters were opened. */
    synchronized int segments() {
        return segments;
    }

    /** Whether these are all. */
    synchronized boolean isListComplete() {
        return listComplete;
    }

    /** The other role failed: so does every call of this class from now on. The first failure counts. */
    synchronized void fail(TransferException cause) {
        if (failure == null) {
            failure = cause;
        }
        stir();
    }

    private void stir() {
        stirred = true;
        filled = true;
        if (waiting) {
            notifyAll();
        }
    }

    synchronized int phasesEnded() {
        return phasesEnded;
    }

    /** Opens all letters and hands them to {@code reader}. */
    void take(Reader reader) throws IOException {
        if (filled) {
            openAll();
            takeOpened(reader);
        }
    }

    /** Opens all letters. */
    synchronized void openAll() {
        while (opened < count) {
            open();
        }
    }

    /** Hands those letters to {@code reader} that {@link #awaitLetter} opened. */
    void takeOpened(Reader reader) throws IOException {
        for (long letter = next(); letter >= 0; letter = next()) {
            reader.read(Kind.of((int) (letter >> KIND_SHIFT)), (int) letter);
        }
    }

    /** What concerns the list ends here. */
    private synchronized long next() throws TransferException {
        check();
        while (opened > 0) {
            long letter = letters[first];
            first = (first + 1) % letters.length;
            count--;
            opened--;
            if (letter >> KIND_SHIFT < Kind.SEGMENTS.code) {
                return letter;
            }
        }
        filled = count > 0;
        return -1;
    }

    private void open() {
        long letter = letters[(first + opened++) % letters.length];
        if (letter >> KIND_SHIFT >= Kind.SEGMENTS.code) {
            segments = (int) letter;
            listComplete = letter >> KIND_SHIFT == Kind.LAST_SEGMENT.code;
        }
    }

    /** Opens one letter: the next one, if need be after a wait as in {@link #await}. */
    synchronized void awaitLetter(long millis) throws TransferException {
        if (opened == count) {
            await(millis);
        } else {
            check();
        }
        if (opened < count) {
            open();
        }
    }

    /** Waits until something is new since the last call returned, or {@code millis} have passed. */
    synchronized void await(long millis) throws TransferException {
        try {
            waiting = true;
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            long left = millis;
            while (!stirred && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
            stirred = false;
            check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(ExitCode.SIGNAL, "interrupted while waiting for the receiver", e);
        } finally {
            waiting = false;
        }
    }

    /** Throws the failure of the other role, if it failed. */
    synchronized void check() throws TransferException {
        if (failure != null) {
            throw failure;
        }
    }
}
