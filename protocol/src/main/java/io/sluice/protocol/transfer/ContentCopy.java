package io.sluice.protocol.transfer;

import io.sluice.linux.OpenFile;
import java.io.IOException;

/** Copies the content of files of this host, where nothing has to travel. One for all files. */
final class ContentCopy {
    private static final int CHUNK = 256 * 1024;

    private final boolean fsync;
    private byte[] chunk = {};

    /** @param fsync a copy is on the disk when it is done */
    ContentCopy(boolean fsync) {
        this.fsync = fsync;
    }

    /** Copies all of {@code from}, from its start, to the start of {@code to}, which is empty. */
    void copy(OpenFile from, OpenFile to) throws IOException {
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        long position = 0;
        int length = from.pread(position, chunk, 0, CHUNK);
        while (length > 0) {
            to.pwrite(position, chunk, 0, length);
            position += length;
            length = from.pread(position, chunk, 0, CHUNK);
        }
        if (fsync) {
            to.fsync();
        }
    }
}
