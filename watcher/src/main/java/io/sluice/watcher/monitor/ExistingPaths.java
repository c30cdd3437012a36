package io.sluice.watcher.monitor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tells what is there, the root first and each directory before what is in it, if that was asked for. */
final class ExistingPaths {
    private static final byte[] ROOT = {};
    private static final Set<ChangeKind> EXISTS = Set.of(ChangeKind.EXISTS);

    private final MonitorRoot root;
    private final MonitorSettings settings;
    private final ChangeListener listener;
    private final FileStatus status = new FileStatus();
    private final Deque<byte[]> directories = new ArrayDeque<>();

    ExistingPaths(MonitorRoot root, MonitorSettings settings, ChangeListener listener) {
        this.root = root;
        this.settings = settings;
        this.listener = listener;
    }

    /** @param stop ends it before all has been told */
    void tell(BooleanSupplier stop) throws IOException {
        if (!settings.wants(MonitorSettings.Extra.EXISTING)) {
            return;
        }
        try {
            found(ROOT, true);
            list(root.handle(), ROOT);
            for (byte[] path = directories.poll(); path != null && !stop.getAsBoolean(); path = directories.poll()) {
                visit(path);
            }
        } finally {
            root.release();
            if (!stop.getAsBoolean()) {
                listener.endOfList();
            }
        }
    }

    /** A directory that is gone, or cannot be read, has its own event, or trouble told already. */
    private void visit(byte[] path) throws IOException {
        try (DirectoryHandle handle = root.handle().openDirectory(path, Resolve.BENEATH_NO_SYMLINKS)) {
            list(handle, path);
        } catch (SystemCallException e) {
            if (settings.kind() != MonitorKind.INOTIFY && !OpenDirectory.isAbsence(e)) {
                String message = e.getMessage() + " (not listed)";
                listener.trouble(new Trouble(Trouble.Kind.UNREADABLE, path, message));
            }
        }
    }

    private void list(DirectoryHandle handle, byte[] path) throws IOException {
        try (DirectoryReader reader = handle.read()) {
            while (reader.next()) {
                int type = reader.type();
                boolean directory = type == DirectoryReader.TYPE_UNKNOWN
                        ? reader.status(false, status) && status.isDirectory()
                        : type == DirectoryReader.TYPE_DIRECTORY;
                found(KernelPath.join(path, reader.name()), directory);
            }
        }
    }

    private void found(byte[] path, boolean directory) {
        if (path.length > 0) {
            if (settings.excludes().excludes(path, directory)) {
                return;
            }
            if (directory) {
                directories.add(path);
            }
        }
        listener.changed(new Change(path, EXISTS, directory));
    }
}
