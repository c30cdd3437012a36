package io.sluice.protocol.options;

import java.util.Set;

/** Options of rsync that the engine does not have yet: whoever reads options refuses them by name. */
public final class PendingOptions {
    private static final Set<String> NAMES = Set.of("iconv");

    private PendingOptions() {}

    /** Returns whether the option with this long name is refused. */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
