package io.sluice.protocol.checksum;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Objects;

/** XXH3 with 128 bits; the digest is the low half and then the high half, each least significant byte first. */
final class Xxh128Checksum implements StrongChecksum {
    private final Hasher128 hasher;
    private final HashStream128 stream;

    Xxh128Checksum(long seed) {
        hasher = Hashing.xxh3_128(seed);
        stream = hasher.hashStream();
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
        write(stream.get(), into, offset);
        stream.reset();
    }

    @Override
    public int length() {
        return 2 * Long.BYTES;
    }

    @Override
    public void sum(byte[] bytes, int offset, int length, byte[] into) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        write(hasher.hashBytesTo128Bits(bytes, offset, length), into, 0);
        stream.reset();
    }

    private static void write(HashValue128 value, byte[] into, int offset) {
        LittleEndian.putLong(into, offset, value.getLeastSignificantBits());
        LittleEndian.putLong(into, offset + Long.BYTES, value.getMostSignificantBits());
    }
}
