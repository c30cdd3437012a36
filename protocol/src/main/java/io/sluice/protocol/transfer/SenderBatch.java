package io.sluice.protocol.transfer;

import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.io.OutputStream;

/** The part of a batch that its sender writes: with {@code --only-write-batch} the content of files, and always the figures. */
final class SenderBatch {
    private final Connection connection;
    private final WireOutput out;
    private final WireOutput content;

    SenderBatch(Connection connection) {
        this.connection = connection;
        this.out = connection.out();
        boolean apart = connection.batch() instanceof Batch.Written written && written.only();
        this.content = apart ? new WireOutput(file()) : out;
    }

    private OutputStream file() {
        return connection.batch() instanceof Batch.Written written ? written.file() : OutputStream.nullOutputStream();
    }

    boolean isWritten() {
        return connection.batch() instanceof Batch.Written;
    }

    /** Where content goes: to the receiver, or to the batch alone. */
    WireOutput content() {
        return content;
    }

    /** Content follows; what was written before stands in the batch before it. */
    void beginContent() throws IOException {
        if (content != out) {
            out.flush();
        }
    }

    void endContent() throws IOException {
        if (content != out) {
            content.flush();
        }
    }

    /** Whoever reads a batch is a client that expects a server's figures. */
    void addFigures(Statistics statistics) throws IOException {
        if (connection.batch() instanceof Batch.Written written) {
            out.flush();
            WireOutput file = new WireOutput(written.file());
            statistics.write(
                    file, connection.session().version(), connection.in().bytesRead(), out.bytesWritten());
            file.flush();
        }
    }
}
