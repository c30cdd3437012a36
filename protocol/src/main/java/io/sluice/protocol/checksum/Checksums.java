package io.sluice.protocol.checksum;

import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.Session;

/**
 * Makes the strong checksums that a session agreed on, each with the seed and order of seed that its use demands.
 *
 * <p>Only the sums of blocks are seeded (before protocol 30 also that of a whole transferred file, whatever the seed), so that nobody can prepare a block whose sum collides. The seed is an int. The
 * XXH family takes it as its own, sign-extended to 64 bits. The others are fed its four bytes, least significant first,
 * unless it is 0: SHA-1 before the block, MD4 behind it, and MD5 before or behind as negotiated.
 */
public final class Checksums {
    private Checksums() {}

    /** The sum of one block of a basis file: seeded. */
    public static StrongChecksum block(Session session) {
        int seed = session.checksumSeed();
        return switch (session.transferChecksum()) {
            case XXH128 -> new Xxh128Checksum(seed);
            case XXH3 -> Xxh64Checksum.xxh3(seed);
            case XXH64 -> Xxh64Checksum.xxh64(seed);
            case MD5 -> seeded(session.transferChecksum(), seed, session.seedFirst());
            case MD4, MD4_SEEDED -> seeded(session.transferChecksum(), seed, false);
            case SHA1 -> seeded(session.transferChecksum(), seed, true);
            case NONE -> new NoChecksum();
        };
    }

    /** The sum of a whole file that follows its tokens. */
    public static StrongChecksum transfer(Session session) {
        return session.transferChecksum() == ChecksumType.MD4_SEEDED
                ? new SeededChecksum(new Md4Checksum(), session.checksumSeed(), true)
                : unseeded(session.transferChecksum());
    }

    /** The sum of a whole file in the file list, for {@code --checksum}. */
    public static StrongChecksum fileList(Session session) {
        return unseeded(session.fileChecksum());
    }

    private static StrongChecksum seeded(ChecksumType type, int seed, boolean first) {
        StrongChecksum plain = unseeded(type);
        return seed == 0 ? plain : new SeededChecksum(plain, seed, first);
    }

    private static StrongChecksum unseeded(ChecksumType type) {
        return switch (type) {
            case XXH128 -> new Xxh128Checksum(0);
            case XXH3 -> Xxh64Checksum.xxh3(0);
            case XXH64 -> Xxh64Checksum.xxh64(0);
            case MD5 -> new JdkChecksum("MD5");
            case MD4, MD4_SEEDED -> new Md4Checksum();
            case SHA1 -> new JdkChecksum("SHA-1");
            case NONE -> new NoChecksum();
        };
    }
}
