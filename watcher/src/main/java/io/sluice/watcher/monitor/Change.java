package io.sluice.watcher.monitor;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * One thing that changed. A change tells where to look, never what is there now: by the time it is read, more may have
 * happened.
 *
 * @param path relative to the monitor's root, without leading or trailing slash; empty: the root itself. Not to be
 *     modified
 * @param kinds not empty
 * @param directory whether it is, or was, a directory; of no meaning for the root
 */
public record Change(byte[] path, Set<ChangeKind> kinds, boolean directory) {
    public Change {
        kinds = Set.copyOf(kinds);
    }

    /** Whether this kind is among the kinds. */
    public boolean is(ChangeKind kind) {
        return kinds.contains(kind);
    }

    @Override
    public String toString() {
        return kinds + " " + new String(path, StandardCharsets.UTF_8) + (directory ? "/" : "");
    }
}
