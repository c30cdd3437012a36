package io.sluice.protocol.delta;

import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import java.util.OptionalInt;

/**
 * All that the encoding of a whole file depends on beside its content: no version of the protocol has other tokens for
 * literal data, and only sums of {@link ChecksumType#MD4_SEEDED} depend on a session's seed.
 *
 * @param level as {@link Tokens#writer} takes it
 */
record EncodingManner(CompressionType codec, OptionalInt level, int threads, ChecksumType sum) {
    private static final long LEAST_BYTES = 2 * 1024;
    /** A frame for each file instead of one for all costs some bytes, and what is alike in small files. */
    private static final long LEAST_BYTES_OF_FRAME = 32 * 1024;

    /** Whether one session's encoding serves another, and costs more than to look for it. */
    boolean isWorthSharing() {
        return sum != ChecksumType.MD4_SEEDED && (codec != CompressionType.NONE || isSlow());
    }

    private boolean isSlow() {
        return switch (sum) {
            case MD5, MD4, SHA1 -> true;
            case XXH128, XXH3, XXH64, NONE, MD4_SEEDED -> false;
        };
    }

    /** The size in bytes of the smallest file that is worth it. */
    long leastSize() {
        return codec == CompressionType.ZSTD ? LEAST_BYTES_OF_FRAME : LEAST_BYTES;
    }
}
