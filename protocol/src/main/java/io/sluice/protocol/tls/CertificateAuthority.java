package io.sluice.protocol.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** An authority of one's own: its certificates (RFC 5280) are for those who are told to trust it. All keys are of the curve P-256. */
public final class CertificateAuthority {
    private static final String CURVE = "secp256r1";
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 127;

    private final TlsIdentity own;
    private final SecureRandom random;

    private CertificateAuthority(TlsIdentity own, SecureRandom random) {
        this.own = own;
        this.random = random;
    }

    /**
     * How long a certificate is valid.
     *
     * @param from the first moment
     * @param until the last; both are rounded down to a second
     */
    public record Validity(Instant from, Instant until) {}

    /** Makes one, with a key of its own, that may make certificates but no further authorities. */
    public static CertificateAuthority create(String name, Validity validity, SecureRandom random) {
        KeyPair keys = keys(random);
        ExtensionsGenerator rules = new ExtensionsGenerator();
        Body body = new Body(commonName(name), keys.getPublic(), validity, rules);
        try {
            rules.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            rules.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            rules.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(keys.getPublic())));
            X509Certificate certificate = signed(body, commonName(name), keys, random);
            return new CertificateAuthority(new TlsIdentity(List.of(certificate), keys.getPrivate()), random);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("certificate of an authority: " + e.getMessage(), e);
        }
    }

    /** One that was made before. */
    public static CertificateAuthority of(TlsIdentity own, SecureRandom random) {
        return new CertificateAuthority(own, random);
    }

    /** The authority's certificate and key. */
    public TlsIdentity identity() {
        return own;
    }

    /**
     * Makes a certificate for a server, with a new key; the chain ends with the authority's.
     *
     * @param hosts names, perhaps {@code *.example.org}, and addresses; at least one
     */
    public TlsIdentity issueForServer(List<HostName> hosts, Validity validity) {
        ExtensionsGenerator rules = new ExtensionsGenerator();
        return issue(hosts.getFirst().text(), validity, rules, () -> {
            rules.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            rules.addExtension(Extension.subjectAlternativeName, false, HostName.generalNames(hosts));
        });
    }

    /** Makes a certificate by which a client shows that it is {@code name}, with a new key; the chain ends with the authority's. */
    public TlsIdentity issueForClient(String name, Validity validity) {
        ExtensionsGenerator rules = new ExtensionsGenerator();
        return issue(
                name,
                validity,
                rules,
                () -> rules.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
    }

    private interface Addition {
        void add() throws IOException;
    }

    private TlsIdentity issue(String name, Validity validity, ExtensionsGenerator rules, Addition more) {
        KeyPair keys = keys(random);
        X509Certificate authority = own.chain().getFirst();
        KeyPair signing = new KeyPair(authority.getPublicKey(), own.key());
        try {
            rules.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            rules.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            rules.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(keys.getPublic())));
            rules.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(keyId(authority.getPublicKey())));
            more.add();
            X500Name issuer =
                    X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
            X509Certificate certificate =
                    signed(new Body(commonName(name), keys.getPublic(), validity, rules), issuer, signing, random);
            return new TlsIdentity(List.of(certificate, authority), keys.getPrivate());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("certificate for " + name + ": " + e.getMessage(), e);
        }
    }

    private static X500Name commonName(String name) {
        return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    }

    private static KeyPair keys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys of the curve " + CURVE + ": " + e.getMessage(), e);
        }
    }

    /** As RFC 5280 (4.2.1.2) proposes: SHA-1 of the key's bits; a name, no safeguard. */
    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getOctets();
        return MessageDigest.getInstance("SHA-1").digest(bits);
    }

    private record Body(X500Name subject, PublicKey key, Validity validity, ExtensionsGenerator rules) {}

    private static X509Certificate signed(Body body, X500Name issuer, KeyPair signing, SecureRandom random)
            throws IOException, GeneralSecurityException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)));
        generator.setSignature(algorithm);
        generator.setIssuer(issuer);
        generator.setSubject(body.subject);
        generator.setStartDate(new Time(Date.from(body.validity.from)));
        generator.setEndDate(new Time(Date.from(body.validity.until)));
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(body.key.getEncoded()));
        generator.setExtensions(body.rules.generate());
        TBSCertificate content = generator.generateTBSCertificate();
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initSign(signing.getPrivate(), random);
        signature.update(content.getEncoded());
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(content);
        parts.add(algorithm);
        parts.add(new DERBitString(signature.sign()));
        byte[] whole = new DERSequence(parts).getEncoded();
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        certificate.verify(signing.getPublic());
        return certificate;
    }
}
