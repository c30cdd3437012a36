package io.sluice.protocol.tls;

import io.sluice.protocol.TransferException;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The forms that private keys have in PEM files: PKCS #8, and the older ones of OpenSSL for RSA (PKCS #1) and elliptic curves (SEC 1). */
final class KeyForm {
    private KeyForm() {}

    /** Returns the key of a block as PKCS #8. */
    static byte[] pkcs8(PemBlock block, String file) throws TransferException {
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> block.content();
                case "RSA PRIVATE KEY" -> ofRsa(block.content());
                case "EC PRIVATE KEY" -> ofCurve(block.content());
                case "ENCRYPTED PRIVATE KEY" ->
                    throw PemFile.wrong(file, "the key is encrypted (expected: one without a passphrase)");
                default ->
                    throw PemFile.wrong(
                            file, "a key of the kind \"" + block.label() + "\" (expected: PRIVATE KEY, PKCS #8)");
            };
        } catch (TransferException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // what a parser throws that was given nonsense
            throw PemFile.wrong(file, "the key in it makes no sense: " + e.getMessage());
        }
    }

    private static byte[] ofRsa(byte[] content) throws IOException {
        AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        RSAPrivateKey key = RSAPrivateKey.getInstance(ASN1Primitive.fromByteArray(content));
        return new PrivateKeyInfo(rsa, key).getEncoded();
    }

    private static byte[] ofCurve(byte[] content) throws IOException {
        ECPrivateKey key = ECPrivateKey.getInstance(ASN1Primitive.fromByteArray(content));
        ASN1Encodable curve = key.getParametersObject();
        return new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key).getEncoded();
    }
}
