package io.sluice.watcher.mirror;

import java.util.ArrayList;
import java.util.List;

/**
 * The heap that a trie of dirty paths may take. When it takes more, the directories that hold most are merged, the deepest
 * first, until it takes half: into their mere listing, and if that is not enough, into a subtree. So it says too much, but
 * never too little; and half a bound of new paths comes before it has to be merged again.
 *
 * @param maxBytes of heap
 */
record DirtyBound(long maxBytes) {
    /** Directories that hold this part of the bound are merged first; then those that hold this part of that, and so on. */
    private static final int STEP = 4;

    /** Merges, if the trie takes too much. */
    void keep(DirtyTrie trie) {
        if (trie.bytes() <= maxBytes) {
            return;
        }
        DirtyNode root = trie.root();
        long goal = maxBytes / 2;
        for (long heavy = maxBytes / STEP; trie.bytes() > goal && heavy > 0; heavy /= STEP) {
            Merging merging = new Merging(trie, goal, heavy);
            merging.list(root);
            merging.lighten(root);
        }
        if (trie.bytes() > goal) {
            trie.add(root, Dirt.SUBTREE | root.content());
        }
        if (trie.bytes() > maxBytes) { // names of files with others: of whatever has several, all are compared
            trie.clear();
            trie.add(root, Dirt.SUBTREE | Dirt.CONTENT);
        }
    }

    /**
     * Of directories that are heavy, until the trie is light enough.
     *
     * @param goal bytes that it may take then
     * @param heavy bytes of a directory
     */
    private record Merging(DirtyTrie trie, long goal, long heavy) {
        /**
         * Merges heavy directories below one, from the bottom up.
         *
         * @return bytes that the node takes then, with all below it
         */
        long lighten(DirtyNode node) {
            List<DirtyNode> directories = new ArrayList<>();
            node.forEach(child -> {
                if (child instanceof DirtyNode directory) {
                    directories.add(directory);
                }
            });
            long below = node.ownBytes() + node.leafBytes();
            for (DirtyNode directory : directories) {
                below += merge(node, directory, lighten(directory));
            }
            return below;
        }

        /** Merges a directory that is heavy: into its listing, and if it still is, as a subtree; returns its bytes then. */
        private long merge(DirtyNode parent, DirtyNode directory, long bytes) {
            if (!isNeeded(bytes)) {
                return bytes;
            }
            list(directory);
            long weight = DirtyNode.weight(directory);
            if (!isNeeded(weight)) {
                return weight;
            }
            trie.mark(parent, DirtyPath.relabel(directory.label(), Dirt.SUBTREE | Dirt.SINGLE | directory.content()));
            return directory.hasChildren() ? DirtyNode.weight(directory) : DirtyNode.labelBytes(directory.label());
        }

        private boolean isNeeded(long bytes) {
            return trie.bytes() > goal && bytes >= heavy;
        }

        /** Where there are many entries of one directory, its listing stands for those of them that are no subtrees. */
        void list(DirtyNode node) {
            if (isNeeded(node.tableBytes() + node.leafBytes())) {
                trie.list(node);
            }
        }
    }
}
