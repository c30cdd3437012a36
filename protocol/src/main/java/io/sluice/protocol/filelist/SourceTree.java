package io.sluice.protocol.filelist;

import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The directory that the paths of some source arguments are relative to.
 *
 * @param number its place among all of them, see {@link FileEntry#source}
 * @param directory as named, relative to the tree of the transfer; empty: that tree itself
 * @param absolute it is the root directory because paths of arguments began with it ({@code --relative})
 */
record SourceTree(int number, FileTree tree, byte[] directory, boolean absolute) {
    /** The path below {@link #tree} of an entry with this path in the list. */
    static byte[] below(byte[] path) {
        int start = path.length > 0 && path[0] == '/' ? 1 : 0;
        if (path.length == start + 1 && path[start] == '.') {
            start++;
        }
        return start == 0 ? path : Arrays.copyOfRange(path, start, path.length);
    }

    /** All source trees of a scan, each opened once. */
    static final class Pool implements AutoCloseable {
        private static final byte[] ROOT = {'/'};

        private final FileTree tree;
        private final boolean free;
        private final List<SourceTree> open = new CopyOnWriteArrayList<>();

        /** @param free links lead wherever they lead, if the tree is the operator's */
        Pool(FileTree tree, boolean free) {
            this.tree = tree;
            this.free = free;
        }

        /** The tree for {@code path} below {@code directory}; an absolute path is below the root directory. */
        SourceTree of(byte[] directory, byte[] path) throws IOException {
            boolean absolute = path.length > 0 && path[0] == '/';
            byte[] wanted = absolute ? ROOT : directory;
            for (SourceTree known : open.reversed()) {
                if (known.absolute == absolute && Arrays.equals(known.directory, wanted)) {
                    return known;
                }
            }
            FileTree opened = free ? tree.freeSubtree(wanted) : tree.subtree(wanted);
            SourceTree added = new SourceTree(open.size(), opened, wanted, absolute);
            open.add(added);
            return added;
        }

        SourceTree get(int number) {
            return open.get(number);
        }

        /** The tree that {@link SourceTree#directory} is relative to. */
        FileTree whole() {
            return tree;
        }

        @Override
        public void close() throws IOException {
            for (SourceTree source : open) {
                source.tree.close();
            }
        }
    }
}
