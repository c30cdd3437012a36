package io.sluice.protocol.transfer;

import io.sluice.linux.OpenFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads blocks of the file that new content is built from, mostly in order, through a window that is refilled by large reads. One for all files. */
final class BasisFile {
    private static final int WINDOW = 256 * 1024;

    private byte[] window = {};
    private @Nullable OpenFile file;
    private long start;
    private int length;

    /** Begins with {@code opened}, or with no basis; whoever opened it closes it. */
    void begin(@Nullable OpenFile opened) {
        file = opened;
        start = 0;
        length = 0;
    }

    boolean isPresent() {
        return file != null;
    }

    /** The array in which {@link #locate} finds bytes. */
    byte[] window() {
        return window;
    }

    /**
     * Gets {@code count} bytes from {@code position} into the window.
     *
     * @return where they stand in {@link #window}, or -1 if the basis is shorter
     */
    int locate(long position, int count) throws IOException {
        if (position < start || position + count > start + length) {
            fill(position, count);
        }
        return position + count <= start + length ? (int) (position - start) : -1;
    }

    private void fill(long position, int count) throws IOException {
        if (file == null) {
            return;
        }
        if (window.length < count || window.length == 0) {
            window = new byte[Math.max(WINDOW, count)];
        }
        start = position;
        length = Math.max(0, file.pread(position, window, 0, window.length));
    }
}
