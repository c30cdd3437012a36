package io.sluice.daemon.access;

/**
 * Whom the daemon asks who somebody is.
 *
 * @param names of hosts
 * @param accounts users and groups
 */
public record Directories(HostNames names, Accounts accounts) {
    /** Those that the system is configured for. */
    public static final Directories SYSTEM = new Directories(HostNames.SYSTEM, Accounts.SYSTEM);
}
