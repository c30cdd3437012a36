package io.sluice.protocol.delta;

import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;

/** Sessions that differ in what checksums and tokens depend on. */
public final class Sessions {
    private Sessions() {}

    /** Both checksums of this type, a seed that is fed first, nothing compressed. */
    public static Session with(ChecksumType checksum, int seed) {
        return with(checksum, seed, true, CompressionType.NONE, ProtocolVersion.NEWEST);
    }

    /** XXH128, and this compression. */
    public static Session with(CompressionType compression) {
        return with(ChecksumType.XXH128, GoldenFiles.SEED, true, compression, ProtocolVersion.NEWEST);
    }

    /** Everything else as two rsyncs of today agree on it. */
    public static Session with(
            ChecksumType checksum, int seed, boolean seedFirst, CompressionType compression, ProtocolVersion version) {
        return new Session(
                Side.SENDER,
                false,
                version,
                true,
                true,
                true,
                true,
                seedFirst,
                true,
                true,
                true,
                checksum,
                checksum,
                compression,
                seed,
                NameConversion.NONE);
    }

    /** One whose ends agree on nothing that a version leaves open. */
    public static Session plain(Side side, boolean server, int version) {
        return new Session(
                side,
                server,
                new ProtocolVersion(version),
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                ChecksumType.MD5,
                ChecksumType.MD5,
                CompressionType.NONE,
                0,
                NameConversion.NONE);
    }
}
