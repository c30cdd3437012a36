package io.sluice.daemon.files;

import io.sluice.linux.FileLock;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that tells the daemon's process id while it runs: locked, as rsync's daemon does it, so that no second daemon takes it over. */
public final class PidFile implements AutoCloseable {
    private static final int MODE = 0644;
    private static final int LOCKED_BYTES = 4;

    private final String path;
    private final OpenFile file;

    private PidFile(String path, OpenFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Writes {@code pid} to a file that no other daemon has.
     *
     * @throws TransferException with rsync's text and code 11 if that fails
     */
    public static PidFile create(String path, long pid) throws IOException {
        String step = "create";
        try {
            PidFile created = new PidFile(path, OperatorFile.open(path, OpenFlags.READ_WRITE | OpenFlags.CREATE, MODE));
            try {
                step = "lock";
                created.write(pid);
                return created;
            } catch (IOException e) {
                created.file.close();
                throw e;
            }
        } catch (IOException e) {
            String reason = e instanceof SystemCallException failed ? failed.reason() : e.getMessage();
            throw new TransferException(ExitCode.FILE_IO, "failed to " + step + " pid file " + path + ": " + reason, e);
        }
    }

    private void write(long pid) throws IOException {
        if (!FileLock.OPEN_FILE.tryLock(file, 0, LOCKED_BYTES)) {
            throw new IOException("Resource temporarily unavailable");
        }
        byte[] line = (pid + "\n").getBytes(StandardCharsets.US_ASCII);
        file.truncate(0);
        file.write(line, 0, line.length);
    }

    /** Removes the file, or its content if that is all that may be done. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (AccessDeniedException e) { // the daemon is another user by now
            file.truncate(0);
        } finally {
            file.close();
        }
    }
}
