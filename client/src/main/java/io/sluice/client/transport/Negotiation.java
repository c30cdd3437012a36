package io.sluice.client.transport;

import io.sluice.protocol.delta.Tokens;
import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.HandshakeRequest;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What this end brings to a handshake.
 *
 * @param side what this end is
 * @param options of this end
 * @param version the newest to use
 * @param names how its names travel
 * @param forBatch whoever reads the batch that is written has to know the algorithms without being told
 */
record Negotiation(
        Side side, TransferOptions options, ProtocolVersion version, NameConversion names, boolean forBatch) {

    /** As a client, whose peer's version a daemon's greeting told, or nobody yet. */
    HandshakeRequest asClient(OptionalInt peerVersion) {
        return request(peerVersion, "", 0);
    }

    /** As a server that has the client's letters. */
    HandshakeRequest asServer(String capabilities, int seed) {
        return request(OptionalInt.empty(), capabilities, seed);
    }

    private HandshakeRequest request(OptionalInt peerVersion, String capabilities, int seed) {
        AlgorithmOptions algorithms = options.algorithms();
        return new HandshakeRequest(
                side,
                version,
                peerVersion,
                capabilities,
                options.allowsIncrementalRecursion(side),
                algorithms.checksumChoice(),
                algorithms.compresses(),
                algorithms.compressChoice(),
                forBatch ? List.of(ChecksumType.MD5) : HandshakeRequest.ALL_CHECKSUMS,
                forBatch ? List.of(CompressionType.ZLIB) : algorithms.compresses() ? available() : List.of(),
                algorithms.checksumSeed(),
                seed,
                names);
    }

    private static List<CompressionType> available() {
        List<CompressionType> types = new ArrayList<>();
        for (CompressionType type : CompressionType.values()) {
            if (type != CompressionType.NONE && Tokens.available(type)) {
                types.add(type);
            }
        }
        return types;
    }
}
