package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a change says of its path, as {@link Dirt}:
 *
 * <pre>
 * removed, directory    what is there now, if anything, is another one, with all that is in it
 * subtree               all below, by size and time: where something was before, it was told as removed
 * removed               what is there now, if anything, is another one
 * arrived               what is there now is another one
 * content complete      its content
 *   new by another name that it keeps, too: a second name costs no reading
 * anything else         the entry itself
 * </pre>
 *
 * At a name that is new or written to it looks whether the file has others, while the name is there. For one thread.
 */
final class Noticed implements AutoCloseable {
    private final byte[] source;
    private final LinkedNames links;
    private final FileStatus status = new FileStatus();
    private @Nullable DirectoryHandle root;

    Noticed(byte[] source, LinkedNames links) {
        this.source = source.clone();
        this.links = links;
    }

    /**
     * Bits of {@link Dirt}.
     *
     * @param growing the path was being written to, and has not been marked since
     */
    int dirt(Change change, boolean growing) {
        boolean removed = change.is(ChangeKind.REMOVED);
        boolean arrived = change.is(ChangeKind.ARRIVED);
        boolean subtree = change.is(ChangeKind.SUBTREE);
        if (subtree || (removed && change.directory())) {
            if (change.path().length == 0) {
                forgetRoot(); // it may be another one
            }
            return Dirt.SUBTREE | (removed ? Dirt.REPLACED : 0);
        }
        boolean complete = change.is(ChangeKind.CONTENT_COMPLETE);
        boolean changed = complete || change.is(ChangeKind.ATTRIBUTES);
        boolean shared = changed && !change.directory() && hasOtherNames(change.path());
        boolean named = change.is(ChangeKind.CREATED) && (shared || arrived);
        boolean written = (complete && !named) || (removed && growing);
        boolean linked = (written || (changed && !named)) && links.hasSeen(change.path());
        return Dirt.SINGLE
                | (removed || arrived ? Dirt.REPLACED : 0)
                | (written ? Dirt.CONTENT : 0)
                | (linked ? Dirt.LINKED : 0);
    }

    /**
     * Bits of {@link Dirt} for a change under an excluded name: nothing of the name, but that other names of its file are dirty; 0: it has none, or they are
     * not.
     *
     * @param growing as above
     */
    int dirtOfOthers(Change change, boolean growing) {
        if (!isLinked(change.path())) {
            return 0;
        }
        boolean complete = change.is(ChangeKind.CONTENT_COMPLETE);
        if ((complete && !change.is(ChangeKind.CREATED)) || (change.is(ChangeKind.REMOVED) && growing)) {
            return Dirt.LINKED | Dirt.CONTENT;
        }
        return complete || change.is(ChangeKind.ATTRIBUTES) ? Dirt.LINKED : 0;
    }

    /** Whether a file has other names, or had. */
    boolean isLinked(byte[] path) {
        return hasOtherNames(path) || links.hasSeen(path);
    }

    /** A file is being written to, and may lose its name before that is complete. */
    void grows(byte[] path) {
        if (!links.isEmpty()) {
            hasOtherNames(path);
        }
    }

    private void forgetRoot() {
        try {
            close();
        } catch (IOException e) {
            // It was only looked at.
        }
    }

    /** Looks whether it has, and takes note. */
    private boolean hasOtherNames(byte[] path) {
        try {
            DirectoryHandle open = root;
            if (open == null) {
                open = DirectoryHandle.open(source);
                root = open;
            }
            boolean several = open.status(path, false, status) && !status.isDirectory() && status.linkCount() > 1;
            if (several) {
                links.saw(path, status);
            }
            return several;
        } catch (IOException e) {
            return false; // whoever pushes it will see
        }
    }

    @Override
    public void close() throws IOException {
        DirectoryHandle open = root;
        root = null;
        if (open != null) {
            open.close();
        }
    }
}
