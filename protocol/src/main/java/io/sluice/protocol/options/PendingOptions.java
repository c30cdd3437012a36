package io.sluice.protocol.options;

import java.util.Set;

/** Options of rsync that the engine does not have yet: whoever reads options refuses them by name. */
public final class PendingOptions {
    private static final Set<String> NAMES = Set.of(
            "append",
            "append-verify",
            "backup",
            "backup-dir",
            "blocking-io",
            "compare-dest",
            "compress-threads",
            "confine-root",
            "copy-dest",
            "copy-dirlinks",
            "copy-links",
            "copy-unsafe-links",
            "cvs-exclude",
            "early-input",
            "fuzzy",
            "hard-links",
            "iconv",
            "insecure-links",
            "keep-dirlinks",
            "link-dest",
            "max-alloc",
            "mkpath",
            "munge-links",
            "old-args",
            "only-write-batch",
            "partial-dir",
            "preallocate",
            "read-batch",
            "remote-option",
            "remove-sent-files",
            "remove-source-files",
            "safe-links",
            "skip-compress",
            "sockopts",
            "stop-after",
            "stop-at",
            "suffix",
            "temp-dir",
            "trust-sender",
            "write-batch");

    private PendingOptions() {}

    /** Returns whether the option with this long name is refused. */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
