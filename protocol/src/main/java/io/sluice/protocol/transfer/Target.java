package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileHandling;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the files go, resolved: a directory, or one name in a directory.
 *
 * @param tree the directory; its owner closes it
 * @param localName the name that a single file gets; null: names are those of the list
 * @param missing a dry run: the directory does not exist, so nothing does
 * @param created the directory was created for this transfer
 */
record Target(FileTree tree, byte @Nullable [] localName, boolean missing, boolean created) implements AutoCloseable {
    /** Returns the entry's path in {@link #tree}. */
    byte[] path(FileEntry entry) {
        return localName != null ? localName : entry.path();
    }

    boolean isSingleFile() {
        return localName != null;
    }

    /** Returns this with a tree that treats files as {@code handling} says; this is closed. */
    Target handling(FileHandling handling) throws IOException {
        try (tree) {
            return new Target(tree.handling(handling), localName, missing, created);
        }
    }

    @Override
    public void close() throws IOException {
        tree.close();
    }
}
