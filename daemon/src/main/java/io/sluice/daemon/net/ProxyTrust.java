package io.sluice.daemon.net;

import io.sluice.daemon.access.HostAccess;
import io.sluice.daemon.access.HostNames;
import io.sluice.daemon.access.Peer;
import io.sluice.daemon.config.AccessRules;
import io.sluice.daemon.config.ProxyRules;
import io.sluice.daemon.log.Log;
import java.net.InetAddress;
import java.util.List;

/** Whose word is taken for where a connection comes from: that of the addresses the configuration lists, and of nobody if it lists none. */
final class ProxyTrust {
    private ProxyTrust() {}

    /** Whether {@code peer} may; logs that it may not. Asks no resolver. */
    static boolean mayForward(ProxyRules rules, InetAddress peer, Log log) {
        Peer direct = new Peer(peer, Peer.UNDETERMINED);
        AccessRules access = new AccessRules(rules.hosts(), List.of(), false, false);
        if (!rules.hosts().isEmpty() && new HostAccess(access, HostNames.SYSTEM).allows(direct)) {
            return true;
        }
        log.line("proxy protocol rejected from untrusted peer " + direct.describe());
        return false;
    }
}
