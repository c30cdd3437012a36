package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.bouncycastle.jcajce.provider.digest.MD4;

/** Daemon authentication: the digest of password and challenge, in base64 without padding. The password itself never travels. */
public final class ChallengeResponse {
    private ChallengeResponse() {}

    /** Returns what a client answers to {@code challenge}: the digest over the password's bytes, then the challenge's. */
    public static String respond(DigestType digest, byte[] password, String challenge) {
        MessageDigest sum = create(digest);
        sum.update(password);
        sum.update(challenge.getBytes(ISO_8859_1));
        return encode(sum);
    }

    /** Makes a challenge of {@code random} bytes (at least 16, from a secure source) and the peer's address. */
    public static String challenge(DigestType digest, String peerAddress, byte[] random) {
        MessageDigest sum = create(digest);
        sum.update(random);
        sum.update(peerAddress.getBytes(ISO_8859_1));
        return encode(sum);
    }

    /** Compares a client's answer with the expected one, in a time that does not depend on where they differ. */
    public static boolean matches(String expected, String answer) {
        return MessageDigest.isEqual(expected.getBytes(ISO_8859_1), answer.getBytes(ISO_8859_1));
    }

    private static String encode(MessageDigest sum) {
        return Base64.getEncoder().withoutPadding().encodeToString(sum.digest());
    }

    private static MessageDigest seeded(MessageDigest sum) {
        sum.update(new byte[Integer.BYTES]);
        return sum;
    }

    private static MessageDigest create(DigestType digest) {
        try {
            return switch (digest) {
                case SHA512 -> MessageDigest.getInstance("SHA-512");
                case SHA256 -> MessageDigest.getInstance("SHA-256");
                case SHA1 -> MessageDigest.getInstance("SHA-1");
                case MD5 -> MessageDigest.getInstance("MD5");
                case MD4 -> new MD4.Digest();
                case MD4_SEEDED -> seeded(new MD4.Digest());
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest: " + digest + " (expected: in every JDK)", e);
        }
    }
}
