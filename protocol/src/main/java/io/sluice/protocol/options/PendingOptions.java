package io.sluice.protocol.options;

import java.util.Set;

/** Options of rsync that the engine does not have yet: whoever reads options refuses them by name. */
public final class PendingOptions {
    private static final Set<String> NAMES = Set.of(
            "acls",
            "append",
            "append-verify",
            "atimes",
            "backup",
            "backup-dir",
            "blocking-io",
            "chown",
            "compare-dest",
            "compress-threads",
            "confine-root",
            "copy-as",
            "copy-dest",
            "copy-devices",
            "copy-dirlinks",
            "copy-links",
            "copy-unsafe-links",
            "cvs-exclude",
            "drop-D",
            "early-input",
            "fake-super",
            "fuzzy",
            "groupmap",
            "hard-links",
            "iconv",
            "insecure-links",
            "keep-dirlinks",
            "link-dest",
            "max-alloc",
            "mkpath",
            "munge-links",
            "old-args",
            "open-noatime",
            "partial-dir",
            "preallocate",
            "remote-option",
            "remove-sent-files",
            "remove-source-files",
            "safe-links",
            "skip-compress",
            "sockopts",
            "stop-after",
            "stop-at",
            "suffix",
            "super",
            "temp-dir",
            "trust-sender",
            "usermap",
            "write-devices",
            "xattrs");

    private PendingOptions() {}

    /** Returns whether the option with this long name is refused. */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
