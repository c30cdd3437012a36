package io.sluice.watcher.monitor;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that changed. A change tells where to look, never what is there now: by the time it is read, more may have
 * happened.
 *
 * @param path relative to the monitor's root, without leading or trailing slash; empty: the root itself. Not to be
 *     modified
 * @param kinds not empty
 * @param directory whether it is, or was, a directory; of no meaning for the root
 * @param movedFrom the path that it had before, in the same form, if the kernel tells that it was renamed within the
 *     tree. A hint only: the old path is told as {@link ChangeKind#REMOVED} too, mostly right after this; there may be something
 *     else by now at either path, and a rename may be told without it. Not to be modified
 */
public record Change(byte[] path, Set<ChangeKind> kinds, boolean directory, Optional<byte[]> movedFrom) {
    public Change {
        kinds = Set.copyOf(kinds);
    }

    /** One that is no rename, as far as is known. */
    public Change(byte[] path, Set<ChangeKind> kinds, boolean directory) {
        this(path, kinds, directory, Optional.empty());
    }

    /** Whether this kind is among the kinds. */
    public boolean is(ChangeKind kind) {
        return kinds.contains(kind);
    }

    @Override
    public String toString() {
        String from = movedFrom.map(old -> " from " + shown(old)).orElse("");
        return kinds + " " + shown(path) + (directory ? "/" : "") + from;
    }

    static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
