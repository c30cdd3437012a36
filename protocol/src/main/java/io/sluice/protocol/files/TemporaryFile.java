package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A new file under a temporary name in its final directory. {@link #commit} gives it its final name; {@link #close} removes it unless that was done. It
 * keeps its directory open, so both work whatever happens to the path in between.
 */
public final class TemporaryFile implements AutoCloseable {
    private static final int FLAGS =
            OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE | OpenFlags.NO_FOLLOW;
    private static final int PRIVATE = 0600;

    private final FileTree tree;
    private final Parents.Place place;
    private final byte[] directory;
    private final byte[] name;
    private final OpenFile file;
    private boolean named;

    private TemporaryFile(FileTree tree, Parents.Place place, byte[] directory, byte[] name, OpenFile file) {
        this.tree = tree;
        this.place = place;
        this.directory = directory;
        this.name = name;
        this.file = file;
    }

    /** Takes over {@code place}. */
    static TemporaryFile create(FileTree tree, Parents.Place place, byte[] directory, byte[] finalName)
            throws IOException {
        return create(tree, place, directory, () -> TemporaryNames.candidate(finalName));
    }

    /** Takes over {@code place}; the name gets no dot before it. */
    static TemporaryFile createVisible(FileTree tree, Parents.Place place, byte[] directory, byte[] finalName)
            throws IOException {
        return create(tree, place, directory, () -> TemporaryNames.visibleCandidate(finalName));
    }

    private static TemporaryFile create(
            FileTree tree, Parents.Place place, byte[] directory, Supplier<byte[]> candidates) throws IOException {
        OpenFile[] opened = new OpenFile[1];
        try {
            byte[] name = TemporaryNames.createUnused(
                    candidates,
                    candidate ->
                            opened[0] = place.directory().openFile(candidate, FLAGS, PRIVATE, Resolve.NO_SYMLINKS));
            return new TemporaryFile(tree, place, directory, name, opened[0]);
        } catch (IOException e) {
            place.close();
            throw e;
        }
    }

    /** The open file, for writing and for setting owner, mode and times before it gets its name. */
    public OpenFile file() {
        return file;
    }

    /** The path of the temporary name in its tree. */
    public byte[] path() {
        return Paths.join(directory, name);
    }

    /** Where it is. */
    public TreePath location() {
        return new TreePath(tree, path());
    }

    /** Renames it to {@code target}, maybe of another tree of the same device; afterwards {@link #close} only closes. */
    public void commit(TreePath target) throws IOException {
        if (target.tree() == tree) {
            commit(target.path());
        } else {
            tree.rename(path(), target);
            named = true;
        }
    }

    /** Renames it over {@code path} of the same tree; afterwards {@link #close} only closes. The descriptor stays open. */
    public void commit(byte[] path) throws IOException {
        byte[] target = Paths.parent(path);
        if (Arrays.equals(target, directory)) {
            DirectoryHandle here = place.directory();
            int end = Paths.endOf(path);
            here.rename(name, here, Arrays.copyOfRange(path, Paths.nameStart(path, end), end), 0);
        } else {
            tree.rename(path(), path);
        }
        named = true;
    }

    /** Closes it, and removes it unless it was committed. */
    @Override
    public void close() throws IOException {
        try (place;
                file) {
            if (!named) {
                named = true;
                place.directory().unlink(name);
            }
        }
    }
}
