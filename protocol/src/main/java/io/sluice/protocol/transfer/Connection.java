package io.sluice.protocol.transfer;

import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.util.OptionalInt;

/** A negotiated stream to the peer: multiplexing has not started. */
public record Connection(Session session, WireInput in, WireOutput out) {
    /** Returns the same with the session as a compression level makes it. */
    Connection atLevel(OptionalInt compressionLevel) {
        return new Connection(session.atLevel(compressionLevel), in, out);
    }
}
