package io.sluice.client.transport;

import io.sluice.client.batch.BatchFlags;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a batch file begins with.
 *
 * <pre>
 *  flags(int)  version(int)  [compatibility flags(varint)]  seed(int)
 * </pre>
 *
 * @param options the reader's, in line with the batch
 * @param session that the batch was recorded in
 */
public record BatchSession(TransferOptions options, Session session) {
    /**
     * Reads it.
     *
     * @param options of the reader
     * @param newest the newest version that is read
     * @param changed hears of options that have to be changed
     */
    public static BatchSession read(
            WireInput in, TransferOptions options, ProtocolVersion newest, Consumer<String> changed)
            throws IOException {
        int flags = in.readInt();
        int number = in.readInt();
        List<String> lines = new ArrayList<>();
        TransferOptions fitting = BatchFlags.apply(flags, new ProtocolVersion(number), options, lines);
        lines.forEach(changed);
        Negotiation negotiation = new Negotiation(Side.RECEIVER, fitting, newest, OwnNames.of(fitting, false), true);
        return new BatchSession(fitting, Handshake.fromBatch(in, negotiation.asClient(OptionalInt.of(number))));
    }
}
