package io.sluice.daemon.config;

import java.util.OptionalInt;

/**
 * Where a module's files are and as whom they are used.
 *
 * @param path in the file system's bytes, without trailing slash; empty: not set
 * @param useChroot 1 or 0; unset: what the daemon's rights allow
 * @param mungeSymlinks 1 or 0; unset: where there is no chroot
 * @param uid name or number; empty: nobody, if the daemon is root
 * @param gid names or numbers, {@code *} for all groups of the user, separated as {@link Words#of}
 * @param numericIds 1 or 0; unset: where there is a chroot
 * @param insecureLinks symlinks on the way to a file may lead out of the module, where there is no chroot
 */
public record TreeRules(
        byte[] path,
        OptionalInt useChroot,
        OptionalInt mungeSymlinks,
        String uid,
        String gid,
        OptionalInt numericIds,
        boolean insecureLinks) {}
