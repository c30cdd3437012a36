package io.sluice.watcher.monitor;

import io.sluice.linux.FileStatus;
import io.sluice.linux.InotifyEvents;
import io.sluice.linux.InotifyMask;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the kernel's events into changes and keeps the tree of watches right while doing so. */
final class EventReader {
    /** What is asked for each directory. */
    static final int WATCH_MASK = InotifyMask.MODIFY
            | InotifyMask.ATTRIBUTES
            | InotifyMask.CLOSE_WRITE
            | InotifyMask.MOVED_FROM
            | InotifyMask.MOVED_TO
            | InotifyMask.CREATE
            | InotifyMask.DELETE
            | InotifyMask.EXCLUDE_UNLINKED
            | InotifyMask.ONLY_DIRECTORY;

    private static final Set<ChangeKind> COMPLETE = Set.of(ChangeKind.CONTENT_COMPLETE);
    private static final Set<ChangeKind> GROWING = Set.of(ChangeKind.CONTENT_GROWING);
    private static final Set<ChangeKind> ATTRIBUTES = Set.of(ChangeKind.ATTRIBUTES);
    private static final Set<ChangeKind> CREATED = Set.of(ChangeKind.CREATED);
    private static final Set<ChangeKind> CREATED_GROWING = Set.of(ChangeKind.CREATED, ChangeKind.CONTENT_GROWING);
    private static final Set<ChangeKind> CREATED_COMPLETE = Set.of(ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE);
    private static final Set<ChangeKind> ARRIVED =
            Set.of(ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE, ChangeKind.ARRIVED);
    private static final Set<ChangeKind> CREATED_SUBTREE = Set.of(ChangeKind.CREATED, ChangeKind.SUBTREE);
    private static final Set<ChangeKind> SUBTREE = Set.of(ChangeKind.SUBTREE);
    private static final Set<ChangeKind> REMOVED = Set.of(ChangeKind.REMOVED);

    private final MonitorRoot monitorRoot;
    private final TreeScanner scanner;
    private final WatchTree tree;
    private final PathFilter excludes;
    private final boolean tellsExcluded;
    private final ChangeListener listener;
    private final FileStatus status = new FileStatus();
    private final RenamePairs renames = new RenamePairs();
    private boolean overflow;
    private boolean rootLost;

    EventReader(MonitorRoot monitorRoot, MonitorSettings settings, TreeScanner scanner, ChangeListener listener) {
        this.monitorRoot = monitorRoot;
        this.scanner = scanner;
        this.tree = scanner.tree();
        this.excludes = settings.excludes();
        this.tellsExcluded = settings.wants(MonitorSettings.Extra.EXCLUDED_FILES);
        this.listener = listener;
    }

    /** Whether events were lost since the last call. */
    boolean takeOverflow() {
        boolean result = overflow;
        overflow = false;
        return result;
    }

    /** Whether the root is no more what was opened. */
    boolean rootLost() {
        return rootLost;
    }

    /** Deals with the event that the cursor is on. */
    void read(InotifyEvents event) throws IOException {
        if (event.has(InotifyMask.QUEUE_OVERFLOW)) {
            overflow = true;
            return;
        }
        WatchedDirectory node = tree.withWatch(event.watch());
        if (node == null) {
            return;
        }
        if (event.has(InotifyMask.IGNORED)) {
            watchEnded(node);
        } else if (!tree.isAttached(node)) {
            missed(node, event);
        } else if (event.nameLength() == 0) {
            self(node, event);
        } else {
            named(node, event);
        }
    }

    /** The kernel took a watch away: the directory is gone, or what was mounted there. */
    private void watchEnded(WatchedDirectory node) throws IOException {
        tree.setWatch(node, WatchedDirectory.UNWATCHED);
        WatchedDirectory parent = node.parent;
        if (node == tree.root()) {
            rootLost = true;
        } else if (parent != null && tree.isAttached(parent)) {
            byte[] name = node.name;
            byte[] path = tree.path(parent, name);
            scanner.forget(node);
            scanner.reconcile(parent, name, Look.IF_NEW_SILENT);
            listener.changed(new Change(path, SUBTREE, true));
        }
    }

    /** An event from a directory that is on its way to another place: that it knows all of its own is true no longer. */
    private static void missed(WatchedDirectory node, InotifyEvents event) {
        if (event.has(InotifyMask.IS_DIRECTORY)) {
            WatchedDirectory top = node;
            for (WatchedDirectory step = node; step != null; step = step.parent) {
                top = step;
            }
            top.scan = TreeScanner.INCOMPLETE;
        }
    }

    /** About the watched directory itself; its parent's watch tells it too, but the root has none that is watched. */
    private void self(WatchedDirectory node, InotifyEvents event) {
        if (node == tree.root() && event.has(InotifyMask.ATTRIBUTES)) {
            listener.changed(new Change(tree.path(node), ATTRIBUTES, true));
        }
    }

    private void named(WatchedDirectory node, InotifyEvents event) throws IOException {
        byte[] name = event.name();
        boolean directory = event.has(InotifyMask.IS_DIRECTORY);
        byte[] path = tree.path(node, name);
        if (excludes.excludes(path, directory)) {
            if (tellsExcluded && !directory) {
                excluded(event, path);
            }
            return;
        }
        if (!event.has(InotifyMask.MOVED_TO)) {
            tellDeparture();
        }
        if (directory) {
            directory(node, name, event, path);
        } else if (event.has(InotifyMask.MOVED_FROM)) {
            left(event, path);
        } else if (event.has(InotifyMask.MOVED_TO)) {
            arrived(event, path, ARRIVED);
        } else {
            Set<ChangeKind> kinds = fileKinds(event, path);
            if (kinds != null) {
                listener.changed(new Change(path, kinds, false));
            }
        }
    }

    private void excluded(InotifyEvents event, byte[] path) throws IOException {
        Set<ChangeKind> kinds = fileKinds(event, path);
        if (kinds != null) {
            EnumSet<ChangeKind> all = EnumSet.copyOf(kinds);
            all.add(ChangeKind.EXCLUDED);
            listener.changed(new Change(path, all, false));
        }
    }

    /** It may be on its way to another name, which is told before this one then: with that, it is known to be no loss. */
    private void left(InotifyEvents event, byte[] path) {
        boolean directory = event.has(InotifyMask.IS_DIRECTORY);
        renames.left(new RenamePairs.Departure(event.cookie(), path, directory, System.nanoTime()));
    }

    private void arrived(InotifyEvents event, byte[] path, Set<ChangeKind> kinds) {
        Optional<RenamePairs.Departure> left = renames.arrived(event.cookie());
        if (left.isEmpty()) {
            tellDeparture();
        }
        boolean directory = event.has(InotifyMask.IS_DIRECTORY);
        Optional<byte[]> from = left.map(RenamePairs.Departure::path).or(() -> renames.late(event.cookie()));
        listener.changed(new Change(path, kinds, directory, from));
        left.ifPresent(this::tellGone);
    }

    private void tellGone(RenamePairs.Departure departure) {
        listener.changed(new Change(departure.path(), REMOVED, departure.directory()));
    }

    /** A name that is on its way and has not been told as gone; null: there is none. */
    RenamePairs.@Nullable Departure departure() {
        return renames.held();
    }

    /** Tells the name as gone that is on its way. */
    void tellDeparture() {
        renames.giveOut().ifPresent(this::tellGone);
    }

    private @Nullable Set<ChangeKind> fileKinds(InotifyEvents event, byte[] path) throws IOException {
        if (event.has(InotifyMask.MOVED_TO)) {
            return ARRIVED;
        } else if (event.has(InotifyMask.CLOSE_WRITE)) {
            return COMPLETE;
        } else if (event.has(InotifyMask.MODIFY)) {
            return GROWING;
        } else if (event.has(InotifyMask.ATTRIBUTES)) {
            return ATTRIBUTES;
        } else if (event.has(InotifyMask.CREATE)) {
            return createdKinds(path);
        }
        return event.has(InotifyMask.DELETE | InotifyMask.MOVED_FROM) ? REMOVED : null;
    }

    /** A regular file with one name was probably opened for writing; anything else is complete from the start. */
    private Set<ChangeKind> createdKinds(byte[] path) throws IOException {
        if (!monitorRoot.handle().status(path, false, status)) {
            return CREATED;
        }
        return status.isRegular() && status.linkCount() == 1 ? CREATED_GROWING : CREATED_COMPLETE;
    }

    private void directory(WatchedDirectory node, byte[] name, InotifyEvents event, byte[] path) throws IOException {
        if (event.has(InotifyMask.MOVED_FROM)) {
            movedAway(node, name);
            left(event, path);
        } else if (event.has(InotifyMask.DELETE)) {
            scanner.reconcile(node, name, Look.IF_NEW);
            listener.changed(new Change(path, REMOVED, true));
        } else if (event.has(InotifyMask.MOVED_TO)) {
            scanner.reconcile(node, name, Look.IF_NEW_SILENT);
            arrived(event, path, CREATED_SUBTREE);
        } else if (event.has(InotifyMask.CREATE)) {
            listener.changed(new Change(path, CREATED, true));
            scanner.reconcile(node, name, Look.IF_NEW);
        } else if (event.has(InotifyMask.ATTRIBUTES)) {
            listener.changed(new Change(path, ATTRIBUTES, true));
            if (tree.child(node, name) == null) {
                scanner.reconcile(node, name, Look.IF_NEW); // it may have become readable
            }
        }
    }

    /** The directory of this name is elsewhere now, unless another event of it was overtaken by a scan. */
    private void movedAway(WatchedDirectory node, byte[] name) throws IOException {
        WatchedDirectory child = tree.child(node, name);
        if (child != null) {
            scanner.detach(child);
            scanner.reconcile(node, name, Look.IF_NEW);
        }
    }
}
