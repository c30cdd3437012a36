package io.sluice.protocol.checksum;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Objects;

/** The two 64-bit members of the XXH family; the digest stands least significant byte first. */
final class Xxh64Checksum implements StrongChecksum {
    private final Hasher64 hasher;
    private final HashStream64 stream;

    private Xxh64Checksum(Hasher64 hasher) {
        this.hasher = hasher;
        stream = hasher.hashStream();
    }

    static StrongChecksum xxh3(long seed) {
        return new Xxh64Checksum(Hashing.xxh3_64(seed));
    }

    static StrongChecksum xxh64(long seed) {
        return new Xxh64Checksum(Hashing.xxh64(seed));
    }

    @Override
    public void reset() {
        stream.reset();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        stream.putBytes(bytes, offset, length);
    }

    @Override
    public void digest(byte[] into, int offset) {
        LittleEndian.putLong(into, offset, stream.getAsLong());
        stream.reset();
    }

    @Override
    public int length() {
        return Long.BYTES;
    }

    @Override
    public void sum(byte[] bytes, int offset, int length, byte[] into) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        LittleEndian.putLong(into, 0, hasher.hashBytesToLong(bytes, offset, length));
        stream.reset();
    }
}
