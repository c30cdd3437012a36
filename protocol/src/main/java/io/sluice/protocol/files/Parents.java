package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Resolves paths to an open parent directory and a last component, under one policy, keeping the last parent open. For one thread. */
final class Parents {
    private final DirectoryHandle root;
    private final byte[] prefix;
    private final TreePolicy policy;
    private final ConfineRoot confineRoot;
    private byte[] name = Paths.HERE;
    private @Nullable Place place;

    /** @param prefix what all paths are below, relative to {@code root} */
    Parents(DirectoryHandle root, byte[] prefix, TreeSettings settings) {
        this.root = root;
        this.prefix = prefix;
        this.policy = settings.policy();
        this.confineRoot = settings.confineRoot();
    }

    /** An open parent directory, shared by those that retain it; the last one closes it. */
    static final class Place implements AutoCloseable {
        private final DirectoryHandle directory;
        private final byte[] path;
        private int users = 1;

        Place(DirectoryHandle directory, byte[] path) {
            this.directory = directory;
            this.path = path;
        }

        DirectoryHandle directory() {
            return directory;
        }

        /** Whether this is the directory part of {@code prefix/path}, which ends at {@code end} of {@code path}. */
        private boolean isParentOf(byte[] prefix, byte[] of, int end) {
            if (prefix.length == 0) {
                return Arrays.equals(path, 0, path.length, of, 0, end);
            }
            if (end == 0) {
                return Arrays.equals(path, prefix);
            }
            return path.length == prefix.length + 1 + end
                    && Arrays.equals(path, 0, prefix.length, prefix, 0, prefix.length)
                    && Arrays.equals(path, prefix.length + 1, path.length, of, 0, end);
        }

        @Override
        public void close() throws IOException {
            if (--users == 0) {
                directory.close();
            }
        }
    }

    /** The parent that {@link #locate} found. */
    DirectoryHandle directory() {
        Place found = place;
        return found == null ? root : found.directory;
    }

    /** The last component that {@link #locate} found; {@code .} if the path is a directory by itself. */
    byte[] name() {
        return name;
    }

    /** As {@link #locate}; false if the parent is missing or no directory. */
    boolean find(byte[] path) throws IOException {
        try {
            locate(path);
            return true;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return false;
            }
            throw e;
        }
    }

    /** Walks to the parent of {@code path}. */
    void locate(byte[] path) throws IOException {
        int end = Paths.endOf(path);
        int start = Paths.nameStart(path, end);
        name = start == end ? Paths.HERE : Arrays.copyOfRange(path, start, end);
        int parentEnd = start;
        while (parentEnd > 1 && parentEnd <= start && path[parentEnd - 1] == Paths.SLASH) {
            parentEnd--;
        }
        if (prefix.length == 0 && parentEnd == 0 && confineRoot.isNone()) {
            leave();
            return;
        }
        Place known = place;
        if (known != null && known.isParentOf(prefix, path, parentEnd)) {
            return;
        }
        leave();
        byte[] parent = Paths.join(prefix, Arrays.copyOf(path, parentEnd));
        place = new Place(openDirectory(parent), parent);
    }

    /** Opens directory {@code path}, the last component followed as the policy has it. */
    DirectoryHandle openPlace(byte[] path) throws IOException {
        return openDirectory(Paths.join(prefix, path));
    }

    /** Opens a directory by its path from the root. */
    private DirectoryHandle openDirectory(byte[] path) throws IOException {
        if (path.length == 0) {
            return confineRoot.check(root.duplicate(), path);
        }
        return policy == TreePolicy.OPERATOR
                ? confineRoot.check(OperatorWalk.openDirectory(root, path), path)
                : root.openPlace(path, resolve());
    }

    /** Opens what {@code path} leads to, of any type, without a right to its content. */
    OpenFile openAny(byte[] path) throws IOException {
        byte[] full = Paths.join(prefix, path);
        byte[] place = full.length == 0 ? Paths.HERE : full;
        return policy == TreePolicy.OPERATOR
                ? OperatorWalk.openAny(root, place)
                : root.openFile(place, OpenFlags.PATH, 0, resolve());
    }

    /** Opens what {@code path} leads to, of any type, for reading; it waits for nothing. */
    OpenFile openContent(byte[] path) throws IOException {
        if (policy == TreePolicy.OPERATOR) {
            throw new IllegalStateException("content by a path of the operator's (expected: in a subtree)");
        }
        return root.openFile(Paths.join(prefix, path), OpenFlags.READ_ONLY | OpenFlags.NONBLOCK, 0, resolve());
    }

    /** Whether {@link #openTrusting} may be used: links that a user named are followed to where they lead. */
    boolean isTrusting() {
        return policy == TreePolicy.OPERATOR || policy == TreePolicy.FREE;
    }

    /** Opens the file that {@code path} leads to, the links on it trusted as the policy has it. */
    OpenFile openTrusting(byte[] path, int flags, int mode) throws IOException {
        byte[] full = Paths.join(prefix, path);
        return policy == TreePolicy.OPERATOR
                ? OperatorWalk.openFile(root, full, flags, mode)
                : root.openFile(full, flags, mode, resolve());
    }

    private Resolve resolve() {
        return switch (policy) {
            case ROOTED -> Resolve.IN_ROOT;
            case FREE -> Resolve.UNRESTRICTED;
            case CONFINED, OPERATOR -> Resolve.BENEATH;
        };
    }

    /** The parent that {@link #locate} found, for somebody who closes it; it survives other paths. */
    Place retain() throws IOException {
        Place found = place;
        if (found == null) {
            return new Place(root.duplicate(), Paths.EMPTY);
        }
        found.users++;
        return found;
    }

    /** Forgets the open parent, as its path may now lead elsewhere. */
    void forget() throws IOException {
        leave();
    }

    private void leave() throws IOException {
        Place left = place;
        place = null;
        if (left != null) {
            left.close();
        }
    }
}
