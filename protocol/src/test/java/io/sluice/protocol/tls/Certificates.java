package io.sluice.protocol.tls;

import io.sluice.protocol.tls.CertificateAuthority.Validity;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Certificates for tests. */
final class Certificates {
    static final Validity NOW =
            new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z"));
    static final Validity PAST =
            new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));
    static final Validity FUTURE =
            new Validity(Instant.parse("2047-01-01T00:00:00Z"), Instant.parse("2048-01-01T00:00:00Z"));

    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, NOW, RANDOM);
    }

    static List<HostName> hosts(String... names) {
        return List.of(names).stream().map(HostName::of).toList();
    }
}
