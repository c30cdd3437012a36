package io.sluice.protocol.transfer;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Files whose new content waits in partial directories until all others have come ({@code --delay-updates}). Used by the receiver. */
final class DelayedUpdates {
    private final Site site;
    private final Map<Integer, byte[]> paths = new TreeMap<>();

    DelayedUpdates(Site site) {
        this.site = site;
    }

    /** The content of entry {@code index} waits; its place is {@code path}. */
    void add(int index, byte[] path) {
        paths.put(index, path);
    }

    /** Puts all in their places, in the order of the list; tells {@code published} the index of each that is. */
    void publish(IntConsumer published) throws IOException {
        for (Map.Entry<Integer, byte[]> waiting : paths.entrySet()) {
            byte[] path = waiting.getValue();
            byte[] partial = PartialPaths.of(path);
            try {
                site.tree().rename(partial, path);
            } catch (IOException e) {
                Text what = site.notices().failed("rename", path);
                site.notices().fileFailure(what.add(" (from ").add(partial).add(")"), e);
                continue;
            }
            published.accept(waiting.getKey());
            PartialPaths.removeDirectory(site.tree(), path);
        }
        paths.clear();
    }
}
