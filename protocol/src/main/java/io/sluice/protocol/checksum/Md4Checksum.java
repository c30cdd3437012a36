package io.sluice.protocol.checksum;

import org.bouncycastle.crypto.digests.MD4Digest;

/** MD4, which the JDK does not have. */
final class Md4Checksum implements StrongChecksum {
    private final MD4Digest digest = new MD4Digest();

    @Override
    public void reset() {
        digest.reset();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public void digest(byte[] into, int offset) {
        digest.doFinal(into, offset);
    }

    @Override
    public int length() {
        return digest.getDigestSize();
    }
}
