package io.sluice.protocol.transfer;

import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.util.OptionalInt;

/** A negotiated stream to the peer, or from a batch: multiplexing has not started. */
public record Connection(Session session, WireInput in, WireOutput out, Batch batch) {
    /** Without a batch. */
    public Connection(Session session, WireInput in, WireOutput out) {
        this(session, in, out, Batch.NONE);
    }

    /** The same with a batch. */
    public Connection with(Batch other) {
        return new Connection(session, in, out, other);
    }

    /** Returns the same with the session as a compression level makes it. */
    Connection atLevel(OptionalInt compressionLevel) {
        return new Connection(session.atLevel(compressionLevel), in, out, batch);
    }

    boolean readsBatch() {
        return batch instanceof Batch.Read;
    }
}
