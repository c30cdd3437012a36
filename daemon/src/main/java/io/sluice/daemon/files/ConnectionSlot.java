package io.sluice.daemon.files;

import io.sluice.linux.FileLock;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * One of the connections that {@code max connections} allows, held by a lock on its 4 bytes of the {@code lock file}. rsync's daemon locks the same
 * bytes, so that the connections of both are counted together. A slot ends with its connection, even if the process is killed.
 */
public final class ConnectionSlot implements Closeable {
    private static final int SLOT_BYTES = 4;
    private static final int MODE = 0600;

    private final OpenFile file;

    private ConnectionSlot(OpenFile file) {
        this.file = file;
    }

    /**
     * Takes a free slot.
     *
     * @param max slots there are
     * @return empty if all are taken
     * @throws IOException if the lock file cannot be opened
     */
    public static Optional<ConnectionSlot> claim(String lockFile, int max) throws IOException {
        OpenFile file = OperatorFile.open(lockFile, OpenFlags.READ_WRITE | OpenFlags.CREATE, MODE);
        ConnectionSlot slot = new ConnectionSlot(file);
        boolean claimed = false;
        try {
            for (int i = 0; i < max && !claimed; i++) {
                claimed = FileLock.OPEN_FILE.tryLock(file, (long) i * SLOT_BYTES, SLOT_BYTES);
            }
        } finally {
            if (!claimed) {
                slot.close();
            }
        }
        return claimed ? Optional.of(slot) : Optional.empty();
    }

    /** Gives the slot back. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
