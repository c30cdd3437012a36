package io.sluice.protocol.checksum;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A digest of the JDK: MD5, SHA-1. */
final class JdkChecksum implements StrongChecksum {
    private final MessageDigest digest;
    private final int length;

    /** Takes an algorithm that every JDK has. */
    JdkChecksum(String algorithm) {
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("digest: " + algorithm + " (expected: one that the JDK has)", e);
        }
        length = digest.getDigestLength();
    }

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
        try {
            digest.digest(into, offset, length);
        } catch (DigestException e) {
            int room = into.length - offset;
            throw new IllegalArgumentException("digest room: " + room + " (expected: >= " + length + ")", e);
        }
    }

    @Override
    public int length() {
        return length;
    }
}
