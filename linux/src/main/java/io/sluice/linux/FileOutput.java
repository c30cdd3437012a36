package io.sluice.linux;

import java.io.IOException;
import java.io.OutputStream;

/** An open file as a stream to write. */
final class FileOutput extends OutputStream {
    private final OpenFile file;

    FileOutput(OpenFile file) {
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
