package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks at what is there now for each dirty path:
 *
 * <pre>
 * now               dirty: single             dirty: subtree            only on the way to a dirty path
 * missing           single                    single                    single, nothing below it
 * not a directory   single (unless held)      single (unless held)      single, nothing below it
 * directory         single, unless something  subtree                   nothing of its own
 *                   below it is pushed
 * </pre>
 *
 * A directory on the way to what is pushed is pushed with it (its attributes), so that it needs no mention.
 */
final class PushPlanner {
    private final byte[] source;
    private final Predicate<byte[]> held;

    /**
     * @param source the directory
     * @param held says which regular files are to be left alone for now
     */
    PushPlanner(byte[] source, Predicate<byte[]> held) {
        this.source = source.clone();
        this.held = held;
    }

    /** @throws IOException if the source is not there, which is never taken for an empty one */
    PushPlan plan(DirtySet dirty) throws IOException {
        try (DirectoryHandle root = DirectoryHandle.open(source)) {
            if (dirty.root().isSubtree()) {
                return PushPlan.whole();
            }
            Walk walk = new Walk(root);
            walk.directory(dirty.root(), new byte[0]);
            return new PushPlan(walk.leaves, walk.directories, walk.subtrees);
        }
    }

    /**
     * Looks again after a push: where a directory appeared that was not one when the push was planned, the replica may
     * still have what was below the directory that it had before.
     *
     * @return paths whose subtrees are to be pushed
     */
    List<byte[]> turnedIntoDirectories(PushPlan plan) throws IOException {
        List<byte[]> turned = new ArrayList<>();
        if (plan.leaves().isEmpty()) {
            return turned;
        }
        FileStatus status = new FileStatus();
        try (DirectoryHandle root = DirectoryHandle.open(source)) {
            for (byte[] path : plan.leaves()) {
                if (root.status(path, false, status) && status.isDirectory()) {
                    turned.add(path);
                }
            }
        }
        return turned;
    }

    /** One walk through the trie, which asks the file system once for each name in it. */
    private final class Walk {
        private final DirectoryHandle root;
        private final FileStatus status = new FileStatus();
        private final List<byte[]> leaves = new ArrayList<>();
        private final List<byte[]> directories = new ArrayList<>();
        private final List<byte[]> subtrees = new ArrayList<>();

        Walk(DirectoryHandle root) {
            this.root = root;
        }

        private void directory(DirtySet.Node node, byte[] path) throws IOException {
            if (node.isSubtree()) {
                subtrees.add(path);
                return;
            }
            int before = planned();
            for (Map.Entry<String, DirtySet.Node> child : node.children().entrySet()) {
                entry(child.getValue(), join(path, child.getKey()));
            }
            if (node.isSingle() && planned() == before) {
                directories.add(path);
            }
        }

        private int planned() {
            return leaves.size() + directories.size() + subtrees.size();
        }

        private void entry(DirtySet.Node node, byte[] path) throws IOException {
            if (!root.status(path, false, status)) {
                leaves.add(path);
            } else if (status.isDirectory()) {
                directory(node, path);
            } else if (!status.isRegular() || !held.test(path)) {
                leaves.add(path);
            }
        }
    }

    private static byte[] join(byte[] directory, String name) {
        int start = directory.length == 0 ? 0 : directory.length + 1;
        byte[] path = new byte[start + name.length()];
        System.arraycopy(directory, 0, path, 0, directory.length);
        if (start > 0) {
            path[start - 1] = '/';
        }
        System.arraycopy(name.getBytes(StandardCharsets.ISO_8859_1), 0, path, start, name.length());
        return path;
    }
}
