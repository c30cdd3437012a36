package io.sluice.daemon.config;

import java.util.List;

/**
 * Who may use a module, by address and host name.
 *
 * @param allow {@code hosts allow}; empty: no such rule
 * @param deny {@code hosts deny}
 * @param forwardLookup a host name in these lists may be looked up
 * @param reverseLookup the peer's name may be looked up
 */
public record AccessRules(
        List<HostPattern> allow, List<HostPattern> deny, boolean forwardLookup, boolean reverseLookup) {
    public AccessRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
