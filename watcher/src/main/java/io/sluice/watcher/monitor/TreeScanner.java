package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link WatchTree} agree with the directories that are there now: watches each one first and lists it then, so
 * that whatever appears after the listing is an event. What it does depends on what it finds alone, never on which
 * event made it look.
 */
final class TreeScanner {
    private static final Set<ChangeKind> FOUND_FILE = Set.of(ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE);
    private static final Set<ChangeKind> FOUND_DIRECTORY = Set.of(ChangeKind.CREATED);
    private static final Set<ChangeKind> SUBTREE = Set.of(ChangeKind.SUBTREE);

    /** As a directory's {@code scan}: what the tree has below it may not be all there is. */
    static final int INCOMPLETE = 0;

    private final MonitorRoot monitorRoot;
    private final WatchTree tree;
    private final Watches watches;
    private final PathFilter excludes;
    private final ChangeListener listener;
    private final FileStatus status = new FileStatus();
    private final OpenDirectory open;
    private final Deque<Place> toVisit = new ArrayDeque<>();
    /** Directories without a watch, the kernel's limit having been reached, or being in the tree twice. */
    private List<WatchedDirectory> polled = new ArrayList<>();

    /** Taken out of their place, to be seen again elsewhere or forgotten. */
    private final List<WatchedDirectory> detached = new ArrayList<>();

    /** Paths to be told when all that is below them is watched. */
    private final List<byte[]> subtrees = new ArrayList<>();

    /** What a directory's {@code scan} is when its parent's listing had it; one more when it was listed itself. */
    private int pass;

    private boolean limitReached;

    TreeScanner(MonitorRoot monitorRoot, PathFilter excludes, Watches watches, ChangeListener listener) {
        this.monitorRoot = monitorRoot;
        this.tree = new WatchTree();
        this.open = new OpenDirectory(monitorRoot, tree);
        this.excludes = excludes;
        this.watches = watches;
        this.listener = listener;
    }

    /** A name in a directory that is to be visited. */
    private record Place(WatchedDirectory parent, byte[] name, Look look) {}

    WatchTree tree() {
        return tree;
    }

    /** Whether directories are out of their place. */
    boolean hasDetached() {
        return !detached.isEmpty();
    }

    /** Directories that have to be looked at regularly. */
    int polledCount() {
        return polled.size();
    }

    /** Visits the whole tree, telling nothing of what it finds. */
    void scanAll() throws IOException {
        beginPass();
        WatchedDirectory root = tree.root();
        DirectoryHandle rootHandle = monitorRoot.handle();
        int watch = addWatch(rootHandle);
        WatchedDirectory owner = tree.withWatch(watch);
        if (owner != null && owner != root) {
            forget(root);
            watch = addWatch(rootHandle);
        }
        if (watch == WatchedDirectory.UNWATCHED) {
            polled.add(root);
        }
        tree.setWatch(root, watch);
        list(root, rootHandle, Look.SILENT);
        visitAll();
    }

    /** Looks again at what has no watch and tells it as changed. */
    void scanPolled() throws IOException {
        List<WatchedDirectory> again = polled;
        polled = new ArrayList<>();
        beginPass();
        for (WatchedDirectory node : again) {
            if (node.isWatched() || !tree.isAttached(node)) {
                continue;
            }
            WatchedDirectory parent = node.parent;
            if (parent == null) {
                subtrees.add(tree.path(node));
                scanAll();
                return;
            }
            if (parent.isWatched()) {
                subtrees.add(tree.path(node));
                toVisit.add(new Place(parent, node.name, Look.SILENT));
            }
        }
        visitAll();
    }

    /** Looks what directory a name in an attached one is now. One that was moved here is told as a subtree. */
    void reconcile(WatchedDirectory parent, byte[] name, Look look) throws IOException {
        beginPass();
        toVisit.add(new Place(parent, name, look));
        visitAll();
    }

    /** Takes a directory out of its place until it is seen elsewhere or {@link #forgetDetached}. */
    void detach(WatchedDirectory node) {
        tree.detach(node);
        detached.add(node);
    }

    /** Gives up what has not been seen elsewhere: it is outside of the tree. */
    void forgetDetached() throws IOException {
        for (WatchedDirectory node : detached) {
            forget(node);
        }
        detached.clear();
    }

    /** Takes a directory and all below it out of the tree and ends the watches. */
    void forget(WatchedDirectory node) throws IOException {
        List<Integer> ended = new ArrayList<>();
        tree.forget(node, ended::add);
        for (int watch : ended) {
            watches.remove(watch);
        }
    }

    private void beginPass() {
        pass += 2;
        limitReached = false;
    }

    /** Those with the same parent come one after the other, so that it is opened once for all of them. */
    private void visitAll() throws IOException {
        try {
            for (Place place = toVisit.poll(); place != null; place = toVisit.poll()) {
                if (tree.isAttached(place.parent)) {
                    visit(place);
                }
            }
        } finally {
            toVisit.clear();
            open.close();
        }
        subtrees.forEach(path -> listener.changed(new Change(path, SUBTREE, true)));
        subtrees.clear();
    }

    private void visit(Place place) throws IOException {
        try {
            DirectoryHandle parent = open.open(place.parent);
            if (parent == null) {
                isElsewhere(place.parent);
                return;
            }
            try (DirectoryHandle handle = parent.openDirectory(place.name, Resolve.BENEATH_NO_SYMLINKS)) {
                visit(place, handle);
            }
        } catch (SystemCallException e) {
            cannotOpen(place.parent, place.name, e);
        }
    }

    private void visit(Place place, DirectoryHandle handle) throws IOException {
        Look look = place.look;
        WatchedDirectory known = tree.child(place.parent, place.name);
        int watch = addWatch(handle);
        WatchedDirectory owner = tree.withWatch(watch);
        if (owner != null && owner == known) {
            if (look.always()) {
                list(owner, handle, look);
            } else if (owner.scan == INCOMPLETE) {
                movedHere(owner, handle, look);
            }
            return;
        }
        WatchedDirectory node = settle(place, watch, owner);
        if (node != null && node == owner) {
            movedHere(node, handle, look);
        } else if (node != null) {
            open.identify(node, handle);
            list(node, handle, look.tell() ? Look.TELLING : Look.SILENT);
        }
    }

    /**
     * The directory, or one on the way to it, has left its place since it was listed, and what is in it is not known. The
     * event that tells so is still to come: whichever of them it is about will be listed then.
     */
    private void isElsewhere(WatchedDirectory node) {
        for (WatchedDirectory step = node; step != null; step = step.parent) {
            step.scan = INCOMPLETE;
        }
    }

    /** What is below came with it; it is listed only if that may be incomplete, or other parts of it matter here. */
    private void movedHere(WatchedDirectory node, DirectoryHandle handle, Look look) throws IOException {
        if (look.tell() || look.always()) { // else by the caller, who knows where it was before
            subtrees.add(tree.path(node));
        }
        if (look.always() || node.scan == INCOMPLETE || !excludes.isEmpty()) {
            list(node, handle, Look.SILENT);
        }
    }

    /**
     * Puts the directory with this watch in its place in the tree.
     *
     * @param owner the directory that has the watch so far: it was moved here
     * @return null if it stands somewhere else in the tree too, by a mount, and is not to be listed here
     */
    private @Nullable WatchedDirectory settle(Place place, int watch, @Nullable WatchedDirectory owner)
            throws IOException {
        WatchedDirectory known = tree.child(place.parent, place.name);
        if (watch == WatchedDirectory.UNWATCHED) {
            return unwatched(place, known);
        }
        if (owner != null && (WatchTree.isWithin(place.parent, owner) || isInPlace(owner))) {
            unwatched(place, known);
            return null;
        }
        if (known != null && (known.isWatched() || owner != null)) {
            forget(known);
            known = null;
        }
        if (owner != null) {
            tree.detach(owner);
            detached.remove(owner);
            tree.attach(owner, place.parent, place.name);
            return owner;
        }
        WatchedDirectory node = known == null ? tree.add(place.parent, place.name) : known;
        tree.setWatch(node, watch);
        return node;
    }

    /** Whether a directory is where the tree has it, so that it is in the file system twice if it is seen elsewhere. */
    private boolean isInPlace(WatchedDirectory node) throws IOException {
        return node.scan == pass + 1 || (tree.isAttached(node) && open.open(node) != null);
    }

    private WatchedDirectory unwatched(Place place, @Nullable WatchedDirectory known) throws IOException {
        if (known != null && known.isWatched()) {
            forget(known);
            known = null;
        }
        WatchedDirectory node = known == null ? tree.add(place.parent, place.name) : known;
        polled.add(node);
        return node;
    }

    private int addWatch(DirectoryHandle handle) throws IOException {
        if (limitReached) {
            return WatchedDirectory.UNWATCHED;
        }
        try {
            return watches.add(handle);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOSPC) {
                throw e;
            }
            limitReached = true;
            return WatchedDirectory.UNWATCHED;
        }
    }

    private void list(WatchedDirectory node, DirectoryHandle handle, Look look) throws IOException {
        node.scan = pass + 1;
        try (DirectoryReader reader = handle.read()) {
            while (reader.next()) {
                boolean directory = isDirectory(reader);
                if (directory || look.tell()) {
                    found(new Place(node, reader.name(), look), directory);
                }
            }
        }
        WatchedDirectory child = node.firstChild;
        while (child != null) {
            WatchedDirectory next = child.nextSibling;
            if (child.scan < pass) {
                forget(child);
            }
            child = next;
        }
    }

    private boolean isDirectory(DirectoryReader reader) throws IOException {
        int type = reader.type();
        if (type == DirectoryReader.TYPE_UNKNOWN) {
            return reader.status(false, status) && status.isDirectory();
        }
        return type == DirectoryReader.TYPE_DIRECTORY;
    }

    private void found(Place place, boolean directory) {
        boolean tell = place.look.tell();
        if (tell || !excludes.isEmpty()) {
            byte[] path = tree.path(place.parent, place.name);
            if (excludes.excludes(path, directory)) {
                return;
            }
            if (tell) {
                listener.changed(new Change(path, directory ? FOUND_DIRECTORY : FOUND_FILE, directory));
            }
        }
        if (directory) {
            WatchedDirectory known = tree.child(place.parent, place.name);
            if (known != null && known.scan < pass) {
                known.scan = pass;
            }
            toVisit.add(place);
        }
    }

    /** Gone again, or no directory any more: that has its own event. Anything else is trouble. */
    private void cannotOpen(WatchedDirectory parent, byte[] name, SystemCallException e) throws IOException {
        WatchedDirectory known = tree.child(parent, name);
        if (known != null) {
            forget(known);
        }
        if (OpenDirectory.isAbsence(e)) {
            return;
        }
        switch (e.errno()) {
            case Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM -> throw e;
            default -> {
                byte[] path = tree.path(parent, name);
                listener.trouble(new Trouble(Trouble.Kind.UNREADABLE, path, e.getMessage() + " (not watched)"));
            }
        }
    }
}
