package io.sluice.protocol.tls;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A host as certificates name it: {@code web1.example.org}, {@code *.example.org}, {@code 192.0.2.1} or {@code 2001:db8::1}. */
public final class HostName {
    private static final Pattern NAME = Pattern.compile(
            "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?" + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+([.][0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int MAX_NAME = 253;

    private final String text;
    private final GeneralName name;

    private HostName(String text, GeneralName name) {
        this.text = text;
        this.name = name;
    }

    /**
     * Reads a name or an address.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static HostName of(String text) {
        if (ADDRESS.matcher(text).matches()) {
            byte[] address = InetAddress.ofLiteral(text).getAddress();
            return new HostName(text, new GeneralName(GeneralName.iPAddress, new DEROctetString(address)));
        }
        if (text.length() > MAX_NAME || !NAME.matcher(text).matches() || text.matches("[0-9.]+")) {
            throw new IllegalArgumentException(
                    "host: " + text + " (expected: a name such as web1.example.org, or an address)");
        }
        return new HostName(text, new GeneralName(GeneralName.dNSName, text));
    }

    String text() {
        return text;
    }

    static GeneralNames generalNames(List<HostName> hosts) {
        return new GeneralNames(hosts.stream().map(host -> host.name).toArray(GeneralName[]::new));
    }
}
