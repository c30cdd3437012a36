package io.sluice.protocol.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** What a certificate calls its holder. */
public final class CertificateNames {
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    private CertificateNames() {}

    /** The subject, such as {@code CN=web1}. */
    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /**
     * The common name of the subject. Empty if there is none, or more than one, so that nobody can choose; or if it has a slash or a control character, or
     * only dots, as it may become a part of a path.
     */
    public static Optional<String> commonName(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        RDN[] names = subject.getRDNs(BCStyle.CN);
        if (names.length != 1 || names[0].isMultiValued()) {
            return Optional.empty();
        }
        return Optional.of(IETFUtils.valueToString(names[0].getFirst().getValue()))
                .filter(name -> !name.matches("[.]*") && name.chars().allMatch(c -> c >= ' ' && c != 0x7F && c != '/'));
    }

    /** The hosts that it is for: names and addresses. */
    static List<String> hosts(X509Certificate certificate) {
        List<String> hosts = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                boolean host = name.getFirst() instanceof Integer type && (type == DNS_NAME || type == ADDRESS);
                if (host && name.get(1) instanceof String text) {
                    hosts.add(text);
                }
            }
        } catch (CertificateParsingException e) {
            hosts.clear();
        }
        return hosts;
    }
}
