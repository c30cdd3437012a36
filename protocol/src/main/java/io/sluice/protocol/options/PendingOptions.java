package io.sluice.protocol.options;

import java.util.Set;

/** Options of rsync that the engine does not have yet: whoever reads options refuses them by name. */
public final class PendingOptions {
    private static final Set<String> NAMES = Set.of(
            "acls",
            "atimes",
            "blocking-io",
            "chown",
            "confine-root",
            "copy-as",
            "copy-devices",
            "cvs-exclude",
            "drop-D",
            "early-input",
            "fake-super",
            "groupmap",
            "iconv",
            "old-args",
            "only-write-batch",
            "open-noatime",
            "read-batch",
            "remote-option",
            "remove-sent-files",
            "remove-source-files",
            "sockopts",
            "super",
            "trust-sender",
            "usermap",
            "write-batch",
            "write-devices",
            "xattrs");

    private PendingOptions() {}

    /** Returns whether the option with this long name is refused. */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
