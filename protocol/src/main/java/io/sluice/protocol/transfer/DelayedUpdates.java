package io.sluice.protocol.transfer;

import io.sluice.protocol.files.TreePath;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Files whose new content waits in partial directories until all others have come ({@code --delay-updates}). Used by the receiver. */
final class DelayedUpdates {
    private final Site site;
    private final Backup backup;
    private final Map<Integer, byte[]> paths = new TreeMap<>();

    DelayedUpdates(Site site, Backup backup) {
        this.site = site;
        this.backup = backup;
    }

    /** The content of entry {@code index} waits; its place is {@code path}. */
    void add(int index, byte[] path) {
        paths.put(index, path);
    }

    /** Puts all in their places, in the order of the list; tells {@code published} the index of each that is. */
    void publish(IntConsumer published) throws IOException {
        PartialFiles partials = PartialFiles.of(site);
        if (partials == null) {
            return;
        }
        for (Map.Entry<Integer, byte[]> waiting : paths.entrySet()) {
            byte[] path = waiting.getValue();
            boolean kept = !backup.isEnabled() || backup.keep(path, false) != Backup.Result.FAILED;
            if (kept && publish(partials, path)) {
                published.accept(waiting.getKey());
            }
        }
        paths.clear();
    }

    private boolean publish(PartialFiles partials, byte[] path) throws IOException {
        TreePath partial = partials.of(path);
        try {
            ReceiverTrace.of(site).renaming(partial.path(), path);
            partial.renameTo(new TreePath(site.tree(), path));
        } catch (IOException e) {
            Text what = site.notices().failed("rename", path);
            site.notices().fileFailure(what.add(" (from ").add(partial.path()).add(")"), e);
            return false;
        }
        partials.removeDirectory(path);
        return true;
    }
}
