package io.sluice.daemon.config;

/**
 * As whom, and where, the daemon deals with each connection.
 *
 * @param chroot {@code daemon chroot}: the directory that is {@code /} to it; empty: none
 * @param uid {@code daemon uid}; empty: who started the daemon
 * @param gid {@code daemon gid}; empty: as it was started
 */
public record DaemonIdentityRules(String chroot, String uid, String gid) {}
