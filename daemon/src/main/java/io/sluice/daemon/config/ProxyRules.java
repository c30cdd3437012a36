package io.sluice.daemon.config;

import java.util.List;

/**
 * Whether connections come through a proxy that tells whose they are.
 *
 * @param required {@code proxy protocol}: each begins with the proxy's header
 * @param hosts {@code proxy protocol hosts}: who may send one; empty: nobody
 */
public record ProxyRules(boolean required, List<HostPattern> hosts) {
    public ProxyRules {
        hosts = List.copyOf(hosts);
    }
}
