package io.sluice.watcher.monitor;

import io.sluice.linux.FanotifyEvents;
import io.sluice.linux.FanotifyMask;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns fanotify's events into changes. It keeps nothing of the tree: an event names a directory, which is told where it
 * is now. Where it was when the event happened does not matter, since a directory that moves is an event of its own.
 */
final class FanotifyReader {
    private static final Set<ChangeKind> REMOVED = Set.of(ChangeKind.REMOVED);
    private static final Set<ChangeKind> ARRIVED_FILE =
            Set.of(ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE, ChangeKind.ARRIVED);
    private static final Set<ChangeKind> EXCLUDED_REMOVED = Set.of(ChangeKind.EXCLUDED, ChangeKind.REMOVED);
    private static final Set<ChangeKind> EXCLUDED_ARRIVED =
            Set.of(ChangeKind.EXCLUDED, ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE, ChangeKind.ARRIVED);
    private static final Set<ChangeKind> ARRIVED_DIRECTORY = Set.of(ChangeKind.CREATED, ChangeKind.SUBTREE);
    private static final int NAMES_MOVE = FanotifyMask.RENAME | FanotifyMask.MOVED_FROM | FanotifyMask.MOVED_TO;
    private static final int USE = FanotifyMask.OPEN_TO_EXECUTE | FanotifyMask.CLOSE_NO_WRITE;

    private final MonitorRoot root;
    private final DirectoryPaths directories;
    private final PathFilter excludes;
    private final boolean tellsExcluded;
    private final @Nullable Executions executions;
    private final ChangeListener listener;
    private final FileStatus status = new FileStatus();
    private final Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);

    /** @param executions null: nobody wants to hear of them */
    FanotifyReader(
            MonitorRoot root,
            DirectoryPaths directories,
            MonitorSettings settings,
            @Nullable Executions executions,
            ChangeListener listener) {
        this.root = root;
        this.directories = directories;
        this.excludes = settings.excludes();
        this.tellsExcluded = settings.wants(MonitorSettings.Extra.EXCLUDED_FILES);
        this.executions = executions;
        this.listener = listener;
    }

    /** Whether directories have other paths after the event that the cursor is on. */
    static boolean movesDirectories(FanotifyEvents events) {
        return events.has(FanotifyMask.ON_DIRECTORY) && events.has(NAMES_MOVE);
    }

    /** Deals with the event that the cursor is on. */
    void read(FanotifyEvents events) throws IOException {
        if (events.place() == FanotifyEvents.NOWHERE) { // of a file whose directory the kernel does not know either
            return;
        }
        boolean directory = events.has(FanotifyMask.ON_DIRECTORY);
        boolean onlyUsed = (events.mask() & ~(USE | FanotifyMask.ON_DIRECTORY)) == 0;
        if (onlyUsed && (directory || executions == null || !executions.concerns(events))) {
            return;
        }
        if (events.has(FanotifyMask.RENAME)) {
            renamed(events, directory);
            return;
        }
        for (byte[] parent : directories.of(events, events.place())) {
            byte[] name = events.name(events.place());
            byte[] path = KernelPath.join(parent, name);
            boolean excluded = name.length > 0 && excludes.excludes(path, directory);
            if (!excluded || (tellsExcluded && !directory)) {
                changed(events, path, directory, excluded);
            }
        }
    }

    /** Tells the new name first: with it, the old one is known to be no loss. */
    private void renamed(FanotifyEvents events, boolean directory) throws IOException {
        List<byte[]> from = paths(events, events.place(), directory, EXCLUDED_REMOVED);
        List<byte[]> to = paths(events, events.newPlace(), directory, EXCLUDED_ARRIVED);
        boolean pair = from.size() == 1 && to.size() == 1;
        Optional<byte[]> origin = pair ? Optional.of(from.getFirst()) : Optional.empty();
        for (byte[] path : to) {
            listener.changed(new Change(path, directory ? ARRIVED_DIRECTORY : ARRIVED_FILE, directory, origin));
        }
        for (byte[] path : from) {
            listener.changed(new Change(path, REMOVED, directory));
        }
    }

    /** Those that are not excluded; a file's that are, are told as these kinds, if they are to be. */
    private List<byte[]> paths(FanotifyEvents events, int place, boolean directory, Set<ChangeKind> excluded)
            throws IOException {
        List<byte[]> paths = new ArrayList<>();
        for (byte[] parent : directories.of(events, place)) {
            byte[] path = KernelPath.join(parent, events.name(place));
            if (!excludes.excludes(path, directory)) {
                paths.add(path);
            } else if (tellsExcluded && !directory) {
                listener.changed(new Change(path, excluded, false));
            }
        }
        return paths;
    }

    private void changed(FanotifyEvents events, byte[] path, boolean directory, boolean excluded) throws IOException {
        kinds.clear();
        addIf(events.has(FanotifyMask.ATTRIBUTES), ChangeKind.ATTRIBUTES);
        addIf(events.has(FanotifyMask.CREATE | FanotifyMask.MOVED_TO), ChangeKind.CREATED);
        addIf(events.has(FanotifyMask.DELETE | FanotifyMask.MOVED_FROM), ChangeKind.REMOVED);
        if (directory) {
            addIf(events.has(FanotifyMask.MOVED_TO), ChangeKind.SUBTREE);
        } else {
            addIf(events.has(FanotifyMask.MOVED_TO), ChangeKind.ARRIVED);
            content(events, path);
            if (executions != null) {
                executions.add(events, kinds);
            }
        }
        if (!kinds.isEmpty()) {
            addIf(excluded, ChangeKind.EXCLUDED);
            listener.changed(new Change(path, kinds, directory));
        }
    }

    private void addIf(boolean wanted, ChangeKind kind) {
        if (wanted) {
            kinds.add(kind);
        }
    }

    /** A regular file with one name that was created was probably opened for writing; anything else is complete. */
    private void content(FanotifyEvents events, byte[] path) throws IOException {
        if (events.has(FanotifyMask.CLOSE_WRITE | FanotifyMask.MOVED_TO)) {
            kinds.add(ChangeKind.CONTENT_COMPLETE);
        } else if (events.has(FanotifyMask.CREATE)) {
            if (root.handle().status(path, false, status)) {
                boolean written = status.isRegular() && status.linkCount() == 1;
                kinds.add(written ? ChangeKind.CONTENT_GROWING : ChangeKind.CONTENT_COMPLETE);
            }
        } else if (events.has(FanotifyMask.MODIFY) && !events.has(FanotifyMask.DELETE | FanotifyMask.MOVED_FROM)) {
            kinds.add(ChangeKind.CONTENT_GROWING);
        }
    }
}
