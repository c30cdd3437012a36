package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.SystemCallException;
import java.io.IOException;

/**
 * Makes what a {@link FileTree} has besides files and directories: symlinks, devices, fifos, sockets, and further names of what there is. Each replaces a
 * non-directory of its name atomically. Paths are the tree's.
 */
public final class Replacer {
    private final Parents parents;
    private final LinkMunging munging;
    /** A plain file is made instead, which stands for it. */
    private final boolean fakes;

    Replacer(Parents parents, TreeSettings settings) {
        this.parents = parents;
        this.munging = settings.munging();
        this.fakes = settings.handling().fake();
    }

    /** Makes a symlink. */
    public void symlink(byte[] target, byte[] path) throws IOException {
        parents.locate(path);
        byte[] written = munging.toDisk(target);
        if (fakes) {
            replace((directory, name) -> FakeStatusStore.makePlain(directory, name, written));
        } else {
            replace((directory, name) -> directory.symlink(written, name));
        }
    }

    /** Makes a device, fifo or socket. {@code mode} is type and permissions. */
    public void node(byte[] path, int mode, int rdevMajor, int rdevMinor) throws IOException {
        parents.locate(path);
        if (fakes) {
            replace((directory, name) -> FakeStatusStore.makePlain(directory, name, Paths.EMPTY));
        } else {
            replace((directory, name) -> directory.makeNode(name, mode, rdevMajor, rdevMinor));
        }
    }

    /** Makes {@code path} another name of what {@code existing} is (a symlink itself). */
    public void hardLink(byte[] existing, byte[] path) throws IOException {
        parents.locate(existing);
        byte[] existingName = parents.name();
        try (Parents.Place source = parents.retain()) {
            parents.locate(path);
            link(source, existingName);
        }
    }

    /** As {@link #hardLink}, of what is in another tree, maybe. */
    public void hardLinkFrom(TreePath from, byte[] path) throws IOException {
        Parents there = from.tree().parents();
        there.locate(from.path());
        byte[] oldName = there.name();
        try (Parents.Place source = there.retain()) {
            parents.locate(path);
            link(source, oldName);
        }
    }

    private void link(Parents.Place source, byte[] existing) throws IOException {
        byte[] temporary = replace((directory, name) -> source.directory().link(existing, directory, name));
        if (temporary.length > 0) {
            removeLeftover(temporary);
        }
    }

    /** Makes something under one name of one directory; fails with EEXIST if the name is taken. */
    @FunctionalInterface
    private interface Creation {
        void create(DirectoryHandle directory, byte[] name) throws IOException;
    }

    /** Returns the temporary name that was needed, or an empty one. */
    private byte[] replace(Creation creation) throws IOException {
        DirectoryHandle directory = parents.directory();
        try {
            creation.create(directory, parents.name());
            return Paths.EMPTY;
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
        byte[] temporary = TemporaryNames.createUnused(parents.name(), name -> creation.create(directory, name));
        try {
            directory.rename(temporary, directory, parents.name(), 0);
            return temporary;
        } catch (IOException e) {
            directory.unlink(temporary);
            throw e;
        }
    }

    /** Renaming a name to another one of the same file leaves both. */
    private void removeLeftover(byte[] name) throws IOException {
        try {
            parents.directory().unlink(name);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }
}
