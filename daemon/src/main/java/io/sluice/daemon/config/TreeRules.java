package io.sluice.daemon.config;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Where a module's files are and as whom they are used.
 *
 * @param chroot {@code daemon chroot}: what {@code /} is to the path; empty: {@code /} itself
 * @param path in the file system's bytes, without trailing slash; empty: not set
 * @param useChroot 1 or 0; unset: what the daemon's rights allow
 * @param mungeSymlinks 1 or 0; unset: where there is no chroot
 * @param uid name or number; empty: nobody, if the daemon is root
 * @param gid names or numbers, {@code *} for all groups of the user, separated as {@link Words#of}
 * @param numericIds 1 or 0; unset: where there is a chroot
 * @param nameConverter a command that knows the names of users and groups; empty: the system does
 * @param insecureLinks symlinks on the way to a file may lead out of the module, where there is no chroot
 * @param landlock the kernel keeps transfers in the module, which is an addition of Sluice's
 */
public record TreeRules(
        byte[] chroot,
        byte[] path,
        OptionalInt useChroot,
        OptionalInt mungeSymlinks,
        String uid,
        String gid,
        OptionalInt numericIds,
        String nameConverter,
        boolean insecureLinks,
        boolean landlock) {

    /** The path as it is told: without what marks where the module's root ends. */
    public String shownPath() {
        String text = new String(path, StandardCharsets.UTF_8).replace("/./", "/");
        return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
