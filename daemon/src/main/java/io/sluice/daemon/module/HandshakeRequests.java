package io.sluice.daemon.module;

import io.sluice.protocol.delta.Tokens;
import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.HandshakeRequest;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Side;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** What a daemon brings to the handshake. */
final class HandshakeRequests {
    private HandshakeRequests() {}

    static HandshakeRequest of(ServerArguments arguments, Admission admission, int randomSeed, NameConversion names) {
        ProtocolVersion version = admission.version();
        AlgorithmOptions algorithms = arguments.options().algorithms();
        Side ours = arguments.clientSide() == Side.SENDER ? Side.RECEIVER : Side.SENDER;
        return new HandshakeRequest(
                ours,
                version,
                OptionalInt.of(version.number()),
                arguments.capabilities(),
                arguments.options().allowsIncrementalRecursion(ours),
                algorithms.checksumChoice(),
                algorithms.compresses(),
                algorithms.compressChoice(),
                HandshakeRequest.ALL_CHECKSUMS,
                available(),
                algorithms.checksumSeed(),
                randomSeed,
                names,
                admission.readmission().isPresent());
    }

    private static List<CompressionType> available() {
        return Arrays.stream(CompressionType.values())
                .filter(type -> type != CompressionType.NONE && Tokens.available(type))
                .toList();
    }
}
