package io.sluice.daemon.net;

import io.sluice.daemon.module.RefusedException;
import io.sluice.daemon.monitor.DaemonEvents.Refusal;

/** What kind of refusal one is, by its text, which rsync's clients know and which so will not change. */
final class Refusals {
    private Refusals() {}

    static Refusal kind(RefusedException refused) {
        String text = String.valueOf(refused.getMessage());
        if (text.startsWith("Unknown module") || text.startsWith("access denied")) {
            return Refusal.ACCESS;
        }
        if (text.startsWith("auth failed") || text.startsWith("your client does not support")) {
            return Refusal.AUTHENTICATION;
        }
        return text.startsWith("max connections") ? Refusal.LIMIT : Refusal.MODULE;
    }
}
