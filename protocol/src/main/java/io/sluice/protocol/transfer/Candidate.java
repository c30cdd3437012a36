package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entry that the generator works on, with what is here under its name; one object for all entries. */
final class Candidate {
    private final FileStatus status = new FileStatus();
    private @Nullable FileEntry entry;
    private int index;
    private byte[] path = {};
    private int mode;
    private boolean exists;
    private boolean throughLink;
    private @Nullable IOException failure;

    void set(FileEntry newEntry, int newIndex, byte[] newPath) {
        entry = newEntry;
        index = newIndex;
        path = newPath;
        mode = newEntry.mode();
        exists = false;
        throughLink = false;
        failure = null;
    }

    FileEntry entry() {
        return Objects.requireNonNull(entry, "no entry");
    }

    int index() {
        return index;
    }

    byte[] path() {
        return path;
    }

    /** The path of the directory that has this name or, with {@code -K}, that a symlink of this name leads to; empty: the root. */
    byte[] place() {
        if (Paths.isRoot(path)) {
            return new byte[0];
        }
        return throughLink ? FileTree.throughLink(path) : path;
    }

    /** What exists is the directory that a symlink of this name leads to. */
    void setThroughLink() {
        throughLink = true;
    }

    /** The mode that it is to get here. */
    int mode() {
        return mode;
    }

    void setMode(int newMode) {
        mode = newMode;
    }

    /** Something has this name. */
    boolean exists() {
        return exists;
    }

    void setExists(boolean present) {
        exists = present;
    }

    /** What has this name; only if it {@link #exists}. */
    FileStatus status() {
        return status;
    }

    /** It exists and is of the entry's type. */
    boolean sameType() {
        return exists && status.type() == (entry().mode() & FileMode.TYPE_MASK);
    }

    /** Why it is not known whether something has this name. */
    @Nullable
    IOException failure() {
        return failure;
    }

    void setFailure(IOException cause) {
        failure = cause;
    }
}
