package io.sluice.protocol.transfer;

import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;

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

    boolean readsBatch() {
        return batch instanceof Batch.Read;
    }
}
