package io.sluice.watcher.monitor;

import org.jspecify.annotations.Nullable;

/** A directory of a {@link WatchTree}; there may be very many, so that each is small: a name and links to its kin. */
final class WatchedDirectory {
    /** As a watch: there is none. */
    static final int UNWATCHED = -1;

    /** Never used twice in a tree; part of the key by which children are found. */
    final int id;

    byte[] name;
    int watch = UNWATCHED;
    /** The last scan that saw it. */
    int scan;
    /** Which directory it is, whatever its path. */
    long inode;

    long device;

    /** Null for the root, and for what is detached. */
    @Nullable
    WatchedDirectory parent;

    @Nullable
    WatchedDirectory firstChild;

    @Nullable
    WatchedDirectory nextSibling;

    @Nullable
    WatchedDirectory previousSibling;

    WatchedDirectory(int id, byte[] name) {
        this.id = id;
        this.name = name;
    }

    boolean isWatched() {
        return watch != UNWATCHED;
    }

    void link(WatchedDirectory newParent) {
        parent = newParent;
        nextSibling = newParent.firstChild;
        previousSibling = null;
        if (nextSibling != null) {
            nextSibling.previousSibling = this;
        }
        newParent.firstChild = this;
    }

    void unlink() {
        if (nextSibling != null) {
            nextSibling.previousSibling = previousSibling;
        }
        if (previousSibling != null) {
            previousSibling.nextSibling = nextSibling;
        } else if (parent != null) {
            parent.firstChild = nextSibling;
        }
        parent = null;
        nextSibling = null;
        previousSibling = null;
    }
}
