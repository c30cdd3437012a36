package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/** The sender's end of a {@link PublishGate}: keeps the connection alive while the receiver waits to publish. */
final class Publication {
    /** How long the gate may wait before the connection is looked after. */
    private static final long LOOK_MILLIS = 500;

    private final PublishGate gate;
    private final WireInput in;
    private final WireOutput out;
    private final Outcome outcome;
    private final FileStatus status = new FileStatus();

    Publication(PublishGate gate, Connection connection, Outcome outcome) {
        this.gate = gate;
        this.in = connection.in();
        this.out = connection.out();
        this.outcome = outcome;
    }

    /** Waits until the receiver may publish. */
    void await() throws IOException {
        out.flush();
        while (!gate.mayPublish(outcome.isComplete(), LOOK_MILLIS)) {
            out.keepAlive();
            if (in.hasEnded()) {
                throw new TransferException(ExitCode.STREAM_IO, "connection closed while files waited to be published");
            }
        }
    }

    /** Whether the gate lets this file's content go. */
    boolean maySend(FileEntry entry, OpenFile file) throws IOException {
        if (gate.equals(PublishGate.OPEN)) {
            return true;
        }
        file.status(status);
        return gate.maySend(entry.path(), status);
    }

    /** The gate sees how the file is after it was read. */
    void sent(FileEntry entry, OpenFile file) throws IOException {
        if (!gate.equals(PublishGate.OPEN)) {
            file.status(status);
            gate.sent(entry.path(), status);
        }
    }
}
