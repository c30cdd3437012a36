package io.sluice.client.batch;

import io.sluice.client.ClientException;
import io.sluice.client.command.ByteText;
import io.sluice.client.transport.WorkingDirectory;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.files.FileTree;
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
    public static OutputStream create(String name) throws IOException {
        return open(name, DATA_MODE, ExitCode.FILE_IO);
    }

    /** Creates or empties its script. */
    public static OutputStream createScript(String name) throws IOException {
        return open(name + ".sh", SCRIPT_MODE, ExitCode.FILE_SELECT);
    }

    private static OutputStream open(String name, int mode, ExitCode code) throws IOException {
        try (FileTree here = WorkingDirectory.open()) {
            OpenFile file = here.openForAppending(ByteText.bytes(name), mode);
            file.truncate(0);
            return new BufferedOutputStream(new Written(file), BUFFER);
        } catch (SystemCallException e) {
            throw failure(name, e, code);
        }
    }

    /**
     * Opens a batch to read.
     *
     * @param standardInput what {@code -} means
     */
    public static InputStream read(String name, InputStream standardInput) throws IOException {
        if (name.equals("-")) {
            return standardInput;
        }
        try (FileTree here = WorkingDirectory.open()) {
            OpenFile file = here.openStream(ByteText.bytes(name));
            FileStatus status = new FileStatus();
            file.status(status);
            if (!status.isRegular()) {
                file.close();
                throw new ClientException(ExitCode.FILE_IO, "Batch file " + shown(name) + " is not a regular file");
            }
            return new BufferedInputStream(new Content(file), BUFFER);
        } catch (SystemCallException e) {
            throw failure(name, e, ExitCode.FILE_IO);
        }
    }

    private static ClientException failure(String name, SystemCallException e, ExitCode code) {
        return new ClientException(
                code,
                "rsync: [client] Batch file " + shown(name) + " open error: " + e.reason() + " (" + e.errno() + ")",
                e);
    }

    private static String shown(String name) {
        String directory =
                name.startsWith("/") ? "" : ByteText.of(WorkingDirectory.label().directory()) + "/";
        return "\"" + directory + name + "\"";
    }

    private static final class Written extends OutputStream {
        private final OpenFile file;

        Written(OpenFile file) {
            this.file = file;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            file.write(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class Content extends InputStream {
        private final OpenFile file;

        Content(OpenFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = file.read(into, offset, length);
            return count > 0 ? count : -1;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
