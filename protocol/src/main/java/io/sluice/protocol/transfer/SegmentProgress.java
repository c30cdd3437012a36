package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import java.io.IOException;
import java.util.Arrays;

/** How many files of each segment of an incremental list were asked for and are not settled, and which are to be asked for again. */
final class SegmentProgress {
    private static final int FIRST_CAPACITY = 64;

    private final FileList list;
    private final boolean incremental;
    private int[] open = new int[FIRST_CAPACITY];
    private int[] redos = new int[FIRST_CAPACITY];
    private int[] queue = new int[FIRST_CAPACITY];
    private int queueFirst;
    private int queueEnd;

    SegmentProgress(FileList list, boolean incremental) {
        this.list = list;
        this.incremental = incremental;
    }

    /** A file of segment {@code number} was asked for. */
    void asked(int number) {
        if (incremental) {
            reserve(number);
            open[number]++;
        }
    }

    /** Something else than content is awaited for the entry with this index. */
    void hold(int index) throws IOException {
        if (incremental) {
            asked(list.containing(index).number());
        }
    }

    /** It is no longer awaited. */
    void release(int index) throws IOException {
        if (incremental) {
            open[list.containing(index).number()]--;
        }
    }

    /** What the receiver said of a file. */
    void settle(Mailbox.Kind kind, int index) throws IOException {
        if (incremental) {
            Segment segment = list.containing(index);
            reserve(segment.number());
            open[segment.number()]--;
            redos[segment.number()] += kind == Mailbox.Kind.REDO ? 1 : 0;
        }
        if (kind == Mailbox.Kind.REDO) {
            if (queueEnd == queue.length) {
                queue = Arrays.copyOf(queue, queue.length * 2);
            }
            queue[queueEnd++] = index;
        }
    }

    /** Returns the index of the next file to ask for again, or -1. */
    int nextRedo() {
        if (queueFirst == queueEnd) {
            queueFirst = 0;
            queueEnd = 0;
            return -1;
        }
        return queue[queueFirst++];
    }

    /** The file that {@link #nextRedo} returned was asked for again. */
    void redone(int number) {
        if (incremental) {
            redos[number]--;
        }
    }

    boolean isSettled(int number) {
        reserve(number);
        return open[number] <= 0 && redos[number] <= 0;
    }

    private void reserve(int number) {
        if (number >= open.length) {
            int capacity = Math.max(number + 1, open.length * 2);
            open = Arrays.copyOf(open, capacity);
            redos = Arrays.copyOf(redos, capacity);
        }
    }
}
