package io.sluice.protocol.files;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;

/** What the symlinks of a {@link FileTree} say: on disk, and as a transfer is told of it. Paths are the tree's. */
public final class LinkTargets {
    private final Parents parents;
    private final ContentOpener contents;
    private final LinkMunging munging;
    /** A plain file may stand for a symlink. */
    private final boolean fakes;

    private final FileStatus scratch = new FileStatus();

    LinkTargets(Parents parents, ContentOpener contents, TreeSettings settings) {
        this.parents = parents;
        this.contents = contents;
        this.munging = settings.munging();
        this.fakes = settings.handling().fake();
    }

    /** The target of a symlink as a transfer is told of it; it differs from {@link #onDisk} only where links are munged. */
    public byte[] told(byte[] path) throws IOException {
        return munging.fromDisk(onDisk(path));
    }

    /** As {@link #told}, for who compares: under {@code --fake-super} a true symlink, which can be kept by nobody, is an error. */
    public byte[] kept(byte[] path) throws IOException {
        if (!fakes) {
            return told(path);
        }
        try (OpenFile file = openStandIn(path)) {
            return munging.fromDisk(FakeStatusStore.linkTarget(file));
        }
    }

    /** What is written for a target; it differs from {@code target} only where links are munged. */
    public byte[] written(byte[] target) {
        return munging.toDisk(target);
    }

    /** The target of a symlink as it is on disk. */
    public byte[] onDisk(byte[] path) throws IOException {
        parents.locate(path);
        try {
            return parents.directory().readLink(parents.name());
        } catch (SystemCallException e) {
            if (!fakes || e.errno() != Errno.EINVAL) {
                throw e;
            }
        }
        try (OpenFile file = openStandIn(path)) {
            return FakeStatusStore.linkTarget(file);
        }
    }

    /** Opens the plain file that stands for a symlink. */
    private OpenFile openStandIn(byte[] path) throws IOException {
        parents.locate(path);
        return contents.open(path, OpenFlags.READ_ONLY, 0);
    }

    /**
     * As {@link #onDisk}, of a symlink that root or the caller owns.
     *
     * @throws SystemCallException with EACCES if somebody else does, EINVAL if it is none
     */
    public byte[] trusted(byte[] path) throws IOException {
        parents.locate(path);
        try (OpenFile link =
                parents.directory().openFile(parents.name(), OpenFlags.PATH | OpenFlags.NO_FOLLOW, 0, Resolve.NONE)) {
            link.status(scratch);
            if (!scratch.isSymlink()) {
                throw new SystemCallException("readlink", Errno.EINVAL, path);
            }
            if (scratch.uid() != 0 && scratch.uid() != Identity.effectiveUser()) {
                throw new SystemCallException("readlink (a link of another user)", Errno.EACCES, path);
            }
            return link.readLink();
        }
    }
}
