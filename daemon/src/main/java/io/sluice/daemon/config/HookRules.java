package io.sluice.daemon.config;

import java.util.Map;

/**
 * Commands that are run around a connection to a module, as they are written: {@code %VARIABLE%}s are for whoever runs them, who has to keep what they
 * stand for from becoming shell syntax.
 *
 * @param early {@code early exec}, before the request is known; empty: none
 * @param before {@code pre-xfer exec}; empty: none
 * @param after {@code post-xfer exec}; empty: none
 * @param variables of the daemon's environment
 * @param chroot {@code daemon chroot}, inside of which they run; empty: none
 */
public record HookRules(byte[] early, byte[] before, byte[] after, Map<String, String> variables, String chroot) {
    /** There is nothing to be run. */
    public boolean isEmpty() {
        return early.length + before.length + after.length == 0;
    }
}
