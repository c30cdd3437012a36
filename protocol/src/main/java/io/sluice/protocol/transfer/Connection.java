package io.sluice.protocol.transfer;

import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;

/** A negotiated stream to the peer: multiplexing has not started. */
public record Connection(Session session, WireInput in, WireOutput out) {}
