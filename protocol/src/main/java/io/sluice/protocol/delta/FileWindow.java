package io.sluice.protocol.delta;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.AllocationLimit;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The stretch of a file that the sender is looking at, held in one array and sliding forward. A file that ends early,
 * or that cannot be read, goes on as zeros. Used again for file after file.
 */
final class FileWindow {
    private static final int READ_LENGTH = 256 * 1024;

    /** The most that {@link #require} may be asked to hold at first: what is not yet sent, and a block twice. */
    static final int MAX_HELD = Outgoing.CHUNK + 2 * SumHead.MAX_BLOCK_LENGTH;

    private final AllocationLimit limit;
    private byte[] bytes = new byte[MAX_HELD + READ_LENGTH];
    private long start;
    private int filled;
    private long length;
    private boolean ended;
    private Optional<IOException> failure = Optional.empty();

    FileWindow(AllocationLimit limit) {
        this.limit = limit;
    }

    /** Begins at the start of a file that is taken to have {@code fileLength} bytes. */
    void begin(long fileLength) {
        begin(fileLength, 0);
    }

    /** As above, from {@code position} on. */
    void begin(long fileLength, long position) {
        start = position;
        filled = 0;
        length = fileLength;
        ended = false;
        failure = Optional.empty();
    }

    /** Makes room for blocks of this length, which may be longer than those of new protocols; before anything is held. */
    void prepareFor(int blockLength) {
        long wanted = Outgoing.CHUNK + 2L * blockLength + READ_LENGTH;
        if (wanted > bytes.length) {
            bytes = new byte[limit.require(wanted, Byte.BYTES, "window of a file")];
        }
    }

    /** The array; where a file's byte stands in it tells {@link #index}, until the next {@link #require}. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns where the byte at {@code position} of the file stands. */
    int index(long position) {
        return (int) (position - start);
    }

    /** Returns the array's index behind the last byte that is held. */
    int limit() {
        return filled;
    }

    /** Returns whether the file had all its bytes so far. */
    boolean isWhole() {
        return !ended;
    }

    /** Returns why the file could not be read, if that is why it is not whole. */
    Optional<IOException> failure() {
        return failure;
    }

    /**
     * Makes sure that the bytes from {@code keep} (inclusive) to {@code until} (exclusive, not beyond the file's
     * length) are held; those before {@code keep} are forgotten.
     *
     * @return whether the window moved
     */
    boolean require(OpenFile file, long keep, long until) {
        if (until <= start + filled) {
            return false;
        }
        int dropped = index(keep);
        System.arraycopy(bytes, dropped, bytes, 0, filled - dropped);
        start = keep;
        filled -= dropped;
        long missing = until - start - filled;
        long rest = length - start - filled;
        read(file, (int) Math.min(rest, Math.max(missing, READ_LENGTH)));
        return true;
    }

    private void read(OpenFile file, int wanted) {
        int got = 0;
        if (!ended) {
            try {
                got = Math.max(0, file.pread(start + filled, bytes, filled, wanted));
            } catch (IOException e) {
                failure = Optional.of(e);
            }
            ended = got < wanted;
        }
        Arrays.fill(bytes, filled + got, filled + wanted, (byte) 0);
        filled += wanted;
    }
}
