package io.sluice.daemon.log;

import io.sluice.daemon.files.OperatorFile;
import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A file that lines are appended to, by one call each. Opened anew once it was renamed or removed, as log rotation does. Thread-safe. */
final class LogFile implements AutoCloseable {
    private static final int MODE = 0644;

    private final String path;
    private final ReentrantLock lock = new ReentrantLock();
    private final FileStatus status = new FileStatus();
    private @Nullable OpenFile file;
    private long device;
    private long inode;

    LogFile(String path) throws IOException {
        this.path = path;
        open();
    }

    private void open() throws IOException {
        OpenFile opened = OperatorFile.open(path, OpenFlags.WRITE_ONLY | OpenFlags.APPEND | OpenFlags.CREATE, MODE);
        opened.status(status);
        device = status.device();
        inode = status.inode();
        file = opened;
    }

    void append(byte[] line) throws IOException {
        lock.lock();
        try {
            if (file == null) {
                open();
            }
            OpenFile open = file;
            if (open != null) {
                open.write(line, 0, line.length);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Opens the file again if another one, or none, has its name now. */
    void refresh() throws IOException {
        lock.lock();
        try (DirectoryHandle here = DirectoryHandle.open(new byte[] {'/'})) {
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            boolean same = here.status(name, true, status) && status.device() == device && status.inode() == inode;
            if (!same) {
                close();
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (file != null) {
                file.close();
                file = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
