package io.sluice.daemon.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.config.AccessRules;
import io.sluice.daemon.config.HostPattern;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row has a neighbour that differs in one thing and has the other answer. */
class HostAccessTest {
    /** Knows two names; every other one cannot be resolved. */
    private static final HostNames NAMES = new HostNames() {
        private final Map<String, String> addresses = Map.of("node.example", "10.1.2.3", "other.example", "10.9.9.9");

        @Override
        public String nameOf(InetAddress address) {
            throw new AssertionError("a peer is not looked up here");
        }

        @Override
        public List<InetAddress> addressesOf(String name) throws UnknownHostException {
            String address = addresses.get(name);
            if (address == null) {
                throw new UnknownHostException(name);
            }
            return List.of(InetAddress.ofLiteral(address));
        }
    };

    @ParameterizedTest
    @CsvSource({
        "-, -, true",
        "10.1.2.3, -, true",
        "10.1.2.4, -, false",
        "10.1.2.3, *, true",
        "10.1.2.4, *, false",
        "10.1.2.4, 10.1.2.5, true",
        "-, 10.1.2.3, false",
        "-, 10.1.2.4, true",
        "10.1.0.0/16, -, true",
        "10.2.0.0/16, -, false",
        "10.1.2.0/255.255.255.0, -, true",
        "10.1.3.0/255.255.255.0, -, false",
        "0.0.0.0/0, -, true",
        "::/0, -, false",
        "*.web.example, -, true",
        "*.mail.example, -, false",
        "w?.web.example, -, true",
        "node.example, -, true",
        "other.example, -, false",
        "unresolvable.example, -, false",
        "-, unresolvable.example, false",
        "-, other.example, true",
        "192.168.12.134 10.1.2.3, *, true",
        "10.1.2.3/33, -, false",
        "-, 10.1.2.3/33, true",
        "-, 10.1.2.3/x, true",
        "-, 10.1.2.3.4, true",
        "-, 10.1.2.3/, true",
        "node.example/8, -, false",
    })
    void appliesAllowThenDeny(String allow, String deny, boolean allowed) {
        Peer peer = new Peer(InetAddress.ofLiteral("10.1.2.3"), "W1.web.example");
        assertThat(access(allow, deny, true).allows(peer)).isEqualTo(allowed);
    }

    @Test
    void comparesLongAddresses() {
        Peer peer = new Peer(InetAddress.ofLiteral("2001:db8::17"), Peer.UNKNOWN);
        assertThat(access("2001:db8::/64", "-", true).allows(peer)).isTrue();
        assertThat(access("2001:db9::/64", "-", true).allows(peer)).isFalse();
        assertThat(access("2001:db8::17", "-", true).allows(peer)).isTrue();
        assertThat(access("10.0.0.0/0", "-", true).allows(peer)).isFalse();
    }

    /** The name would lead to the peer if it were looked up. */
    @Test
    void looksUpNoNameIfToldNotTo() {
        Peer peer = new Peer(InetAddress.ofLiteral("10.1.2.3"), Peer.UNDETERMINED);
        assertThat(access("node.example", "-", false).allows(peer)).isFalse();
    }

    /** An address in a list is compared with the address only: a name that looks like it proves nothing. */
    @Test
    void takesNoNameForAnAddress() {
        Peer peer = new Peer(InetAddress.ofLiteral("10.1.2.3"), "10.5.5.5");
        assertThat(access("10.5.5.5", "-", true).allows(peer)).isFalse();
    }

    private static HostAccess access(String allow, String deny, boolean forward) {
        return new HostAccess(new AccessRules(patterns(allow), patterns(deny), forward, true), NAMES);
    }

    private static List<HostPattern> patterns(String list) {
        return list.equals("-")
                ? List.of()
                : Arrays.stream(list.split(" ", -1)).map(HostPattern::parse).toList();
    }
}
