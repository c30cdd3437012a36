package io.sluice.protocol.transfer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.linux.Errno;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file's new content from its start to its end in large writes; with {@code --sparse} longer runs of zeros become holes. One for all files.
 *
 * <pre>
 *  file:    │ written │ hole │ buffered │
 *                     ^bufferStart - hole ^position
 * </pre>
 */
final class ContentWriter implements AutoCloseable {
    private static final int CAPACITY = 256 * 1024;
    /** Runs of zeros from this length on, at multiples of it, become holes. */
    private static final int GRAIN = 4096;

    private static final byte[] ZEROS = new byte[GRAIN];

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(CAPACITY, GRAIN);
    private final boolean sparse;
    private @Nullable OpenFile file;
    private boolean overwrites;
    private boolean punches;
    private long bufferStart;
    private int buffered;
    private boolean endsInHole;

    ContentWriter(boolean sparse) {
        this.sparse = sparse;
    }

    /**
     * Begins at position 0.
     *
     * @param overwritten the file has content already
     */
    void begin(OpenFile opened, boolean overwritten) {
        file = opened;
        overwrites = overwritten;
        punches = overwritten;
        bufferStart = 0;
        buffered = 0;
        endsInHole = false;
    }

    /** Reserves {@code length} bytes on the disk, so that the file is in one piece; what is not written is given back. */
    void reserve(long length) throws IOException {
        file().allocate(0, length, false);
        overwrites = true;
        punches = true;
    }

    private OpenFile file() {
        if (file == null) {
            throw new IllegalStateException("no file was begun");
        }
        return file;
    }

    /** Content that stays is looked at too: it may have runs of zeros that are no holes yet. */
    boolean isSparse() {
        return sparse;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, CAPACITY - buffered);
            MemorySegment.copy(bytes, offset + done, buffer, JAVA_BYTE, buffered, part);
            buffered += part;
            done += part;
            if (buffered == CAPACITY) {
                flush();
            }
        }
    }

    /** Leaves {@code length} bytes as they are in the file. */
    void skip(long length) throws IOException {
        flush();
        bufferStart += length;
        endsInHole = false;
    }

    /** Writes what is buffered and gives the file its size; nothing of older content is left behind. */
    void finish() throws IOException {
        flush();
        if (overwrites || endsInHole) {
            truncate();
        }
    }

    private void truncate() throws IOException {
        try {
            file().truncate(bufferStart);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EINVAL) { // a device keeps its size
                throw e;
            }
        }
    }

    private void flush() throws IOException {
        if (buffered == 0) {
            return;
        }
        if (sparse) {
            flushSparsely();
        } else {
            file().pwrite(bufferStart, buffer, 0, buffered);
        }
        bufferStart += buffered;
        buffered = 0;
    }

    /** Writes runs of grains that are not all zero, and leaves the others out. */
    private void flushSparsely() throws IOException {
        int from = 0;
        while (from < buffered) {
            boolean hole = isZero(from);
            int to = from;
            do {
                to = Math.min(buffered, to + GRAIN);
            } while (to < buffered && isZero(to) == hole);
            if (!hole) {
                file().pwrite(bufferStart + from, buffer, from, to - from);
            } else if (punches) {
                clear(bufferStart + from, to - from);
            }
            endsInHole = hole;
            from = to;
        }
    }

    private boolean isZero(int from) {
        int length = Math.min(GRAIN, buffered - from);
        return buffer.asSlice(from, length)
                        .mismatch(MemorySegment.ofArray(ZEROS).asSlice(0, length))
                < 0;
    }

    private void clear(long position, int length) throws IOException {
        try {
            file().punchHole(position, length);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.ENOSYS) {
                throw e;
            }
            for (int done = 0; done < length; done += GRAIN) {
                file().pwrite(position + done, ZEROS, 0, Math.min(GRAIN, length - done));
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
