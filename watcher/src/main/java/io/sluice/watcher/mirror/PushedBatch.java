package io.sluice.watcher.mirror;

import java.util.List;

/**
 * Changes that arrived at a replica together.
 *
 * @param paths relative to the source, each as it was found changed or gone; for a full synchronisation the empty path
 * @param subtrees how many of them, the last ones, stand for all that is below them too
 * @param files whose content was sent
 * @param bytes of content that were sent
 * @param millisSinceFirstEvent from the first event told of any of these paths until all had arrived
 * @param millisPushing of these, spent with the replica
 */
public record PushedBatch(
        List<byte[]> paths, int subtrees, long files, long bytes, long millisSinceFirstEvent, long millisPushing) {
    public PushedBatch {
        paths = List.copyOf(paths);
    }

    /** Whether the whole source was pushed. */
    public boolean isFull() {
        return subtrees == 1 && paths.size() == 1 && paths.getFirst().length == 0;
    }
}
