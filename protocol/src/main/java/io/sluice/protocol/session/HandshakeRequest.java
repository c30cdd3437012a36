package io.sluice.protocol.session;

import java.util.List;
import java.util.OptionalInt;

/**
 * What one end brings to a {@link Handshake}.
 *
 * @param side which role this end plays
 * @param version the newest version to use, at most {@link ProtocolVersion#NEWEST} ({@code --protocol})
 * @param peerVersion the peer's number if a daemon greeting already told it; absent: both ends send theirs as an int
 * @param peerCapabilities server only: the letters after {@code -e} of the client, such as {@code .iLsfxCIvu}
 * @param allowIncrementalRecursion no option of this end forbids it
 * @param checksums what {@code --checksum-choice} named (transfer, then file), or empty to negotiate
 * @param compress tokens are compressed
 * @param compressions what {@code --compress-choice} (or old-style {@code -z} flags) named, or empty to negotiate
 * @param offeredChecksums what is offered when negotiating, best first, without {@link ChecksumType#NONE}
 * @param offeredCompressions what is offered when negotiating, best first: what this JVM has the library for, without {@link CompressionType#NONE}
 * @param checksumSeed {@code --checksum-seed}; absent: the server takes {@code randomSeed}
 * @param randomSeed the seed a server sends when none was asked for
 * @param names how this end's names travel
 * @param reusable this end would have another transfer on the same connection; a client has announced it with {@link Handshake#REUSE}
 */
public record HandshakeRequest(
        Side side,
        ProtocolVersion version,
        OptionalInt peerVersion,
        String peerCapabilities,
        boolean allowIncrementalRecursion,
        List<ChecksumType> checksums,
        boolean compress,
        List<CompressionType> compressions,
        List<ChecksumType> offeredChecksums,
        List<CompressionType> offeredCompressions,
        OptionalInt checksumSeed,
        int randomSeed,
        NameConversion names,
        boolean reusable) {
    /** All checksums, strongest first, as rsync 3.5.0 offers them. */
    public static final List<ChecksumType> ALL_CHECKSUMS = List.of(
            ChecksumType.XXH128,
            ChecksumType.XXH3,
            ChecksumType.XXH64,
            ChecksumType.MD5,
            ChecksumType.MD4,
            ChecksumType.SHA1);

    /** A request of an end whose names travel as they are. */
    public HandshakeRequest(
            Side side,
            ProtocolVersion version,
            OptionalInt peerVersion,
            String peerCapabilities,
            boolean allowIncrementalRecursion,
            List<ChecksumType> checksums,
            boolean compress,
            List<CompressionType> compressions,
            List<ChecksumType> offeredChecksums,
            List<CompressionType> offeredCompressions,
            OptionalInt checksumSeed,
            int randomSeed) {
        this(
                side,
                version,
                peerVersion,
                peerCapabilities,
                allowIncrementalRecursion,
                checksums,
                compress,
                compressions,
                offeredChecksums,
                offeredCompressions,
                checksumSeed,
                randomSeed,
                NameConversion.NONE);
    }

    /** A request for a connection that ends with its transfer. */
    public HandshakeRequest(
            Side side,
            ProtocolVersion version,
            OptionalInt peerVersion,
            String peerCapabilities,
            boolean allowIncrementalRecursion,
            List<ChecksumType> checksums,
            boolean compress,
            List<CompressionType> compressions,
            List<ChecksumType> offeredChecksums,
            List<CompressionType> offeredCompressions,
            OptionalInt checksumSeed,
            int randomSeed,
            NameConversion names) {
        this(
                side,
                version,
                peerVersion,
                peerCapabilities,
                allowIncrementalRecursion,
                checksums,
                compress,
                compressions,
                offeredChecksums,
                offeredCompressions,
                checksumSeed,
                randomSeed,
                names,
                false);
    }

    public HandshakeRequest {
        checksums = List.copyOf(checksums);
        compressions = List.copyOf(compressions);
        offeredChecksums = List.copyOf(offeredChecksums);
        offeredCompressions = List.copyOf(offeredCompressions);
    }

    /** The same of an end that would, or would not, have another transfer on the same connection. */
    public HandshakeRequest reusable(boolean wanted) {
        return new HandshakeRequest(
                side,
                version,
                peerVersion,
                peerCapabilities,
                allowIncrementalRecursion,
                checksums,
                compress,
                compressions,
                offeredChecksums,
                offeredCompressions,
                checksumSeed,
                randomSeed,
                names,
                wanted);
    }
}
