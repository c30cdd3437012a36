package io.sluice.protocol.checksum;

/** A checksum that is fed a seed of four bytes, least significant first, before or behind the data. */
final class SeededChecksum implements StrongChecksum {
    private final StrongChecksum checksum;
    private final byte[] seed = new byte[Integer.BYTES];
    private final boolean first;

    SeededChecksum(StrongChecksum checksum, int seed, boolean first) {
        this.checksum = checksum;
        this.first = first;
        LittleEndian.putInt(this.seed, 0, seed);
        begin();
    }

    private void begin() {
        if (first) {
            feedSeed();
        }
    }

    private void feedSeed() {
        checksum.update(seed, 0, seed.length);
    }

    @Override
    public void reset() {
        checksum.reset();
        begin();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        checksum.update(bytes, offset, length);
    }

    @Override
    public void digest(byte[] into, int offset) {
        if (!first) {
            feedSeed();
        }
        checksum.digest(into, offset);
        begin();
    }

    @Override
    public int length() {
        return checksum.length();
    }
}
