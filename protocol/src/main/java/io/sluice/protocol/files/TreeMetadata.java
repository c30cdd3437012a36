package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.linux.FileTimes;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import java.io.IOException;

/**
 * What a {@link FileTree} sets of its files besides content: mode, owner, times, extended attributes, and what a file stands for. Paths are the tree's.
 */
public final class TreeMetadata {
    private final Parents parents;
    private final FileStatus scratch = new FileStatus();

    TreeMetadata(Parents parents) {
        this.parents = parents;
    }

    /** Sets permission bits (0–07777) of anything but a symlink, never following one. */
    public void changeMode(byte[] path, int mode) throws IOException {
        parents.locate(path);
        parents.directory().changeMode(parents.name(), mode);
    }

    /** Sets owner and group, of a symlink itself; -1 keeps one. */
    public void changeOwner(byte[] path, int uid, int gid) throws IOException {
        parents.locate(path);
        parents.directory().changeOwner(parents.name(), uid, gid);
    }

    /**
     * Sets access and modification time, of a symlink itself; nanoseconds may be {@link FileTimes#OMIT}. Five parameters, as they are two times of the
     * kernel's shape.
     */
    public void setTimes(byte[] path, long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos)
            throws IOException {
        parents.locate(path);
        parents.directory().setTimes(parents.name(), atimeSeconds, atimeNanos, mtimeSeconds, mtimeNanos, false);
    }

    /** Sets the modification time (seconds since 1970, nanoseconds 0–999,999,999), of a symlink itself; the access time stays. */
    public void setModificationTime(byte[] path, long seconds, int nanos) throws IOException {
        parents.locate(path);
        parents.directory().setTimes(parents.name(), 0, FileTimes.OMIT, seconds, nanos, false);
    }

    /** What is done with the attributes of one file while it is known. */
    @FunctionalInterface
    public interface AttributeUse<T> {
        T use(ExtendedAttributes attributes) throws IOException;
    }

    /** Lets {@code use} work with the attributes of what {@code path} is; a symlink's own. */
    public <T> T withAttributes(byte[] path, AttributeUse<T> use) throws IOException {
        parents.locate(path);
        return use.use(ExtendedAttributes.of(parents.directory(), parents.name()));
    }

    /** As {@link #withAttributes}, of what a symlink points to, within the policy. */
    public <T> T withAttributesFollowing(byte[] path, AttributeUse<T> use) throws IOException {
        try (OpenFile place = parents.openAny(path)) {
            return use.use(ExtendedAttributes.ofPlace(place));
        }
    }

    /** In a tree that fakes: lets {@code path} stand for {@code wanted}, and its owner do everything with what it really is. */
    public void keepFake(byte[] path, FakeStatus wanted) throws IOException {
        parents.locate(path);
        DirectoryHandle directory = parents.directory();
        if (!directory.status(parents.name(), false, scratch)) {
            throw new SystemCallException("stat", Errno.ENOENT, path);
        }
        int permissions = wanted.realPermissions(scratch);
        if (scratch.permissions() != permissions && !scratch.isSymlink()) {
            directory.changeMode(parents.name(), permissions);
        }
        FakeStatusStore.keep(ExtendedAttributes.of(directory, parents.name()), wanted, scratch, permissions);
    }

    /** As above, for a file that is open. */
    public void keepFake(OpenFile file, FakeStatus wanted) throws IOException {
        file.status(scratch);
        int permissions = wanted.realPermissions(scratch);
        if (scratch.permissions() != permissions) {
            file.changeMode(permissions);
        }
        FakeStatusStore.keep(ExtendedAttributes.of(file), wanted, scratch, permissions);
    }
}
