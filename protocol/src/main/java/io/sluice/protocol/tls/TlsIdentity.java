package io.sluice.protocol.tls;

import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * What proves who we are.
 *
 * @param chain our certificate, then that of its authority, and so on
 * @param key that of the first
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = {'s', 'l', 'u', 'i', 'c', 'e'};

    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM files, which may be one and the same.
     *
     * @param certificates a path: our certificate first
     * @param key a path: the key must not be accessible to everybody
     * @throws TransferException with code 1 if they cannot be read or do not belong together
     */
    public static TlsIdentity read(byte[] certificates, byte[] key) throws IOException {
        List<X509Certificate> chain = PemFile.read(certificates, false).certificates();
        PemFile file = PemFile.read(key, true);
        PublicKey known = chain.getFirst().getPublicKey();
        try {
            PrivateKey parsed =
                    KeyFactory.getInstance(known.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(file.key()));
            if (areOne(parsed, known)) {
                return new TlsIdentity(chain, parsed);
            }
        } catch (GeneralSecurityException e) {
            throw file.wrong("the key is not one of the certificate's kind (" + known.getAlgorithm() + ")", e);
        }
        throw file.wrong("the key is not that of the certificate "
                + CertificateNames.subject(chain.getFirst())
                + " (expected: both made together)");
    }

    /** The certificates as the text of a PEM file. */
    public String certificateText() {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate certificate : chain) {
                text.append(new PemBlock("CERTIFICATE", certificate.getEncoded()).text());
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate without its bytes", e);
        }
        return text.toString();
    }

    /** The key as the text of a PEM file, which is nobody else's business. */
    public String keyText() {
        return new PemBlock("PRIVATE KEY", key.getEncoded()).text();
    }

    private static boolean areOne(PrivateKey secret, PublicKey known) throws GeneralSecurityException {
        String algorithm = switch (known.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> known.getAlgorithm();
        };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(PROBE);
        byte[] signature = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(known);
        checking.update(PROBE);
        return checking.verify(signature);
    }
}
