package io.sluice.client.transport;

import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.OptionalInt;

/** The session that a batch file was recorded in. */
public final class BatchSession {
    private BatchSession() {}

    /**
     * Reads what stands behind a batch's version.
     *
     * @param number the batch's version
     * @param newest the newest that is read
     */
    public static Session read(WireInput in, TransferOptions options, int number, ProtocolVersion newest)
            throws IOException {
        Negotiation negotiation = new Negotiation(Side.RECEIVER, options, newest, OwnNames.of(options, false), true);
        return Handshake.fromBatch(in, negotiation.asClient(OptionalInt.of(number)));
    }
}
