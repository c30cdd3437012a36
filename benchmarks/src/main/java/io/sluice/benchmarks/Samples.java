package io.sluice.benchmarks;

import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.util.Random;

/** What the benchmarks work on. */
final class Samples {
    private static final int SEED = 123_456_789;

    private Samples() {}

    /** Bytes that look random, the same in every run. */
    static byte[] noise(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** What two peers of today agree on, with this checksum. */
    static Session session(ChecksumType checksum) {
        return new Session(
                Side.SENDER,
                false,
                ProtocolVersion.NEWEST,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                checksum,
                checksum,
                CompressionType.NONE,
                SEED,
                NameConversion.NONE);
    }
}
