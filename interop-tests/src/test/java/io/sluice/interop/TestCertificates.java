package io.sluice.interop;

import io.sluice.protocol.tls.CertificateAuthority;
import io.sluice.protocol.tls.CertificateAuthority.Validity;
import io.sluice.protocol.tls.HostName;
import io.sluice.protocol.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;

/** An authority of a test's own, and the files of what it made. */
final class TestCertificates {
    private static final Validity NOW =
            new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z"));
    private static final Validity PAST =
            new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));

    private final CertificateAuthority authority = CertificateAuthority.create("test", NOW, new SecureRandom());
    private final Path directory;

    TestCertificates(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Files.writeString(authorityFile(), authority.identity().certificateText());
    }

    /** For {@code --tls-ca}. */
    Path authorityFile() {
        return directory.resolve("ca.pem");
    }

    TlsIdentity server(String... hosts) {
        return authority.issueForServer(Arrays.stream(hosts).map(HostName::of).toList(), NOW);
    }

    TlsIdentity expiredServer(String... hosts) {
        return authority.issueForServer(Arrays.stream(hosts).map(HostName::of).toList(), PAST);
    }

    TlsIdentity client(String name) {
        return authority.issueForClient(name, NOW);
    }

    /** Writes {@code identity} as {@code NAME.pem} and {@code NAME-key.pem}, in place of what is there. */
    void write(String name, TlsIdentity identity) throws IOException {
        Files.writeString(certificate(name), identity.certificateText());
        Files.writeString(key(name), identity.keyText());
        Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString("rw-------"));
    }

    Path certificate(String name) {
        return directory.resolve(name + ".pem");
    }

    Path key(String name) {
        return directory.resolve(name + "-key.pem");
    }
}
