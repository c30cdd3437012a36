package io.sluice.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys as files: what is written is what is read, and what does not belong together is told by name. */
class TlsIdentityTest {
    @TempDir
    private Path directory;

    private final CertificateAuthority authority = Certificates.authority("authority");
    private final TlsIdentity made = authority.issueForServer(
            Certificates.hosts("web1.example", "*.web1.example", "192.0.2.7", "2001:db8::7"), Certificates.NOW);
    private Path certificates;
    private Path key;

    @BeforeEach
    void write() throws IOException {
        certificates = Files.writeString(directory.resolve("web1.pem"), made.certificateText());
        key = secret("web1-key.pem", made.keyText());
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static TlsIdentity read(Path certificates, Path key) throws IOException {
        return TlsIdentity.read(bytes(certificates), bytes(key));
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        assertThat(read(certificates, key)).isEqualTo(made);
        Path both = secret("both.pem", "comment\n" + made.keyText() + "\r\n" + made.certificateText());
        assertThat(read(both, both)).isEqualTo(made);
    }

    @Test
    void theCertificateSaysWhatItIsFor() throws Exception {
        X509Certificate leaf = made.chain().getFirst();
        X509Certificate root = made.chain().getLast();
        leaf.verify(root.getPublicKey());
        assertThat(CertificateNames.hosts(leaf))
                .containsExactly("web1.example", "*.web1.example", "192.0.2.7", "2001:db8:0:0:0:0:0:7");
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(root.getBasicConstraints()).as("no authorities below it").isZero();
        assertThat(root.getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.19", "2.5.29.15"));
        assertThat(leaf.getSerialNumber()).isPositive().isNotEqualTo(root.getSerialNumber());
    }

    @Test
    void theOlderFormOfACurvesKeyIsRead() throws Exception {
        BigInteger secret = ((ECPrivateKey) made.key()).getS();
        byte[] older =
                new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, X9ObjectIdentifiers.prime256v1).getEncoded();
        Path file = secret("older.pem", new PemBlock("EC PRIVATE KEY", older).text());
        assertThat(((ECPrivateKey) read(certificates, file).key()).getS()).isEqualTo(secret);
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws Exception {
        TlsIdentity other = authority.issueForClient("other", Certificates.NOW);
        Path file = secret("other.pem", other.keyText());
        assertThatThrownBy(() -> read(certificates, file))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining(file + ": the key is not that of the certificate CN=web1.example");
    }

    @Test
    void aKeyThatEverybodyMayReadIsRefused() throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> read(certificates, key)).hasMessageContaining("everybody");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(read(certificates, key)).isEqualTo(made);
    }

    @Test
    void nonsenseIsToldByFileAndLine() throws Exception {
        Path empty = secret("empty.pem", "");
        assertThatThrownBy(() -> read(empty, key)).hasMessageContaining(empty + ": no certificate");
        assertThatThrownBy(() -> read(certificates, empty)).hasMessageContaining(empty + ": no private key");
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> read(missing, key))
                .hasMessage("could not open " + missing + ": No such file or directory (2)");
        for (String wrong : List.of(
                "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n")) {
            Path file = secret("wrong.pem", wrong);
            assertThatThrownBy(() -> read(file, key))
                    .isInstanceOf(TransferException.class)
                    .hasMessageStartingWith(file.toString());
        }
        for (String label : List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "DSA PRIVATE KEY")) {
            Path file = secret("wrong.pem", new PemBlock(label, new byte[] {0x30, 0x03, 2, 1, 0}).text());
            assertThatThrownBy(() -> read(certificates, file))
                    .as(label)
                    .isInstanceOf(TransferException.class)
                    .hasMessageStartingWith(file.toString());
        }
        Path encrypted = secret("encrypted.pem", new PemBlock("ENCRYPTED PRIVATE KEY", new byte[9]).text());
        assertThatThrownBy(() -> read(certificates, encrypted)).hasMessageContaining("without a passphrase");
    }

    @Test
    void hostsAreNamesOrAddresses() {
        for (String wrong : List.of("", "a b", "-a", "a..b", "web1,web2", "1.2.3", "::x", "a/b", "*.*.a")) {
            assertThatThrownBy(() -> HostName.of(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(HostName.of("web1").text()).isEqualTo("web1");
    }
}
