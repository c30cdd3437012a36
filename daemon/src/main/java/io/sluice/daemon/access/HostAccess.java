package io.sluice.daemon.access;

import io.sluice.daemon.config.AccessRules;
import io.sluice.daemon.config.HostPattern;
import io.sluice.protocol.filter.WildMatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Applies {@code hosts allow} and {@code hosts deny}: a peer on the first list may come in; otherwise one on the second may not; otherwise one may
 * come in unless there is only the first list. What cannot be found out speaks against the peer.
 */
public final class HostAccess {
    private final AccessRules rules;
    private final HostNames names;

    public HostAccess(AccessRules rules, HostNames names) {
        this.rules = rules;
        this.names = names;
    }

    /** Whether {@code peer} may use the module. May ask the resolver. */
    public boolean allows(Peer peer) {
        if (!rules.allow().isEmpty()) {
            if (matches(rules.allow(), peer, false)) {
                return true;
            }
            if (rules.deny().isEmpty()) {
                return false;
            }
        }
        return !matches(rules.deny(), peer, true);
    }

    /** Whether {@link #allows} may ask the resolver. */
    public static boolean asksResolver(AccessRules rules) {
        return rules.forwardLookup()
                && Stream.concat(rules.allow().stream(), rules.deny().stream())
                        .anyMatch(pattern -> pattern instanceof HostPattern.Name name && name.simple());
    }

    /** What rsync has to say about entries that make no sense. */
    public List<String> complaints() {
        return Stream.concat(rules.allow().stream(), rules.deny().stream())
                .filter(HostPattern.Malformed.class::isInstance)
                .map(pattern -> ((HostPattern.Malformed) pattern).complaint())
                .toList();
    }

    private boolean matches(List<HostPattern> patterns, Peer peer, boolean whenInDoubt) {
        for (HostPattern pattern : patterns) {
            boolean match = switch (pattern) {
                case HostPattern.Network network ->
                    network.contains(peer.address().getAddress());
                case HostPattern.Name name -> matches(name, peer, whenInDoubt);
                case HostPattern.Malformed malformed -> false;
            };
            if (match) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(HostPattern.Name name, Peer peer, boolean whenInDoubt) {
        if (WildMatch.matches(bytes(name.pattern()), bytes(peer.host().toLowerCase(Locale.ROOT)))) {
            return true;
        }
        if (!rules.forwardLookup() || !name.simple()) {
            return false;
        }
        try {
            for (InetAddress address : names.addressesOf(name.pattern())) {
                if (address.equals(peer.address())) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return whenInDoubt;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
