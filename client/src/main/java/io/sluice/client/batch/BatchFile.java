package io.sluice.client.batch;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.transport.WorkingDirectory;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Opens the files of a batch, which the operator names: no link of anybody else leads them elsewhere. */
public final class BatchFile {
    private static final int BUFFER = 64 * 1024;
    private static final int DATA_MODE = 0600;
    private static final int SCRIPT_MODE = 0700;

    private BatchFile() {}

    /** Creates or empties the batch. */
    public static OutputStream create(String name, NamedFiles files) throws IOException {
        return open(name, files, DATA_MODE, ExitCode.FILE_IO);
    }

    /** Creates or empties its script. */
    public static OutputStream createScript(String name, NamedFiles files) throws IOException {
        return open(name + ".sh", files, SCRIPT_MODE, ExitCode.FILE_SELECT);
    }

    private static OutputStream open(String name, NamedFiles files, int mode, ExitCode code) throws IOException {
        try {
            OpenFile file = files.openForAppending(name, mode);
            file.truncate(0);
            return new BufferedOutputStream(file.output(), BUFFER);
        } catch (SystemCallException e) {
            throw failure(name, e, code);
        }
    }

    /**
     * Opens a batch to read.
     *
     * @param standardInput what {@code -} means
     */
    public static InputStream read(String name, NamedFiles files, InputStream standardInput) throws IOException {
        if (name.equals("-")) {
            return standardInput;
        }
        try {
            OpenFile file = files.open(name);
            FileStatus status = new FileStatus();
            file.status(status);
            if (!status.isRegular() && !status.isFifo()) {
                file.close();
                throw new BatchException(
                        ExitCode.FILE_IO, "Batch file " + shown(name) + " is not a regular file or a FIFO", null);
            }
            return new BufferedInputStream(file.input(), BUFFER);
        } catch (SystemCallException e) {
            throw failure(name, e, ExitCode.FILE_IO);
        }
    }

    private static BatchException failure(String name, SystemCallException e, ExitCode code) {
        return new BatchException(
                code,
                "rsync: [Receiver] Batch file " + shown(name) + " open error: " + e.reason() + " (" + e.errno() + ")",
                e);
    }

    private static String shown(String name) {
        String directory =
                name.startsWith("/") ? "" : ByteText.of(WorkingDirectory.label().directory()) + "/";
        return "\"" + directory + name + "\"";
    }
}
