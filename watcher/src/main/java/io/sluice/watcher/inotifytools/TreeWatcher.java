package io.sluice.watcher.inotifytools;

import static io.sluice.linux.InotifyMask.CLOSE_WRITE;
import static io.sluice.linux.InotifyMask.CREATE;
import static io.sluice.linux.InotifyMask.IS_DIRECTORY;
import static io.sluice.linux.InotifyMask.MASK_ADD;
import static io.sluice.linux.InotifyMask.MODIFY;
import static io.sluice.linux.InotifyMask.MOVED_TO;

import io.sluice.client.command.ByteText;
import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyMask;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts watches on files, directories and trees.
 *
 * <p>A directory is watched first and listed then: what comes into it later is an event, and what the listing has is
 * told or not, as {@link Look} says. To list a directory makes events of its own, which nobody asked for; so those kinds
 * are asked for only after it was listed. (Its parent's watch sees them even so, as with the original.)
 *
 * <p>That a directory is known, and where, is what the kernel says: it gives a directory that is watched already the
 * same number, whatever its path is now.
 */
final class TreeWatcher implements AutoCloseable {
    /** Kinds of events that listing a directory makes. */
    private static final int OF_LISTING = InotifyMask.OPEN | InotifyMask.ACCESS | InotifyMask.CLOSE_NO_WRITE;

    /** Kinds of events that say that a file is, or was, open for writing since its directory is watched. */
    private static final int OF_WRITING = MODIFY | CLOSE_WRITE;

    private static final byte[] HERE = {'.'};

    private final Inotify inotify;
    private final EventQueue queue;
    private final WatchTable table;
    private final int mask;
    /** The mask without the events of listing; never without any event, which the kernel refuses. */
    private final int listingMask;

    private final Set<String> excluded;
    private final DirectoryHandle workingDirectory;
    private final FileStatus status = new FileStatus();
    private final Deque<ToolEvent> found = new ArrayDeque<>();

    /**
     * @param mask what is asked of the kernel
     * @param excluded directories that are left out, without a slash at the end
     */
    TreeWatcher(Inotify inotify, EventQueue queue, WatchTable table, int mask, Set<String> excluded)
            throws IOException {
        this.inotify = inotify;
        this.queue = queue;
        this.table = table;
        this.mask = mask;
        int rest = mask & ~OF_LISTING;
        this.listingMask = (rest & EventNames.ALL) == 0 ? rest | CREATE : rest;
        this.excluded = excluded;
        this.workingDirectory = DirectoryHandle.place(HERE);
    }

    private enum Look {
        /** Before anything is told. */
        FIRST,
        /** Tells what is in it, and of files that were probably written there that they were. */
        NEW,
        /** Tells what is in it: it has come with the directory. */
        ARRIVED,
        /** After events were lost: what is known is listed too, and what is not is new. */
        AGAIN
    }

    /** What was found in new directories and no event tells: to be told before the queue's next event. */
    Deque<ToolEvent> found() {
        return found;
    }

    /** Watches what a path names: a file, or a directory without those below it. */
    void watch(String path) throws IOException {
        int number = inotify.addWatch(ByteText.bytes(path), mask);
        if (table.numbered(number) == null) {
            Watch watch = new Watch(number, isDirectory(path) && !path.endsWith("/") ? path + "/" : path);
            table.add(watch);
            table.complete(watch);
        }
    }

    /** A symbolic link is none, whatever it leads to. */
    private boolean isDirectory(String path) throws IOException {
        return workingDirectory.status(ByteText.bytes(path), false, status) && status.isDirectory();
    }

    /** Watches a directory and all below it, of which those that cannot be read are passed over; or a file. */
    void watchTree(String path) throws IOException {
        try {
            visitTop(path, Look.FIRST);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOTDIR) {
                throw e;
            }
            watch(path);
        }
    }

    /** Watches what has come into a tree unseen. */
    void watchTreeAgain(String path) throws IOException {
        try {
            visitTop(path, Look.AGAIN);
        } catch (SystemCallException e) {
            if (!isAbsence(e)) {
                throw e;
            }
        }
    }

    private void visitTop(String path, Look look) throws IOException {
        try (DirectoryHandle handle = DirectoryHandle.place(ByteText.bytes(path))) {
            visit(handle, path.endsWith("/") ? path : path + "/", look);
        }
    }

    /**
     * Looks at what has come into being in a directory, or has come there by a rename. What is watched already has a new
     * path then; what is not is watched with all below it, and what is in it is {@link #found}. If the parent has gone to
     * another place, that is done when it is seen there.
     *
     * @param created whether it is new, and not renamed
     */
    void watchNew(Watch parent, String name, boolean created) throws IOException {
        try (DirectoryHandle handle = DirectoryHandle.place(ByteText.bytes(parent.path()))) {
            if (isWatchOf(parent, handle)) {
                visitChild(handle, parent.path(), name, created ? Look.NEW : Look.ARRIVED);
            } else {
                parent.setIncomplete(true);
            }
        } catch (SystemCallException e) {
            if (!isAbsence(e)) {
                throw e;
            }
            parent.setIncomplete(true);
        }
    }

    private boolean isWatchOf(Watch watch, DirectoryHandle handle) throws IOException {
        int number = inotify.addWatch(handle, listingMask | MASK_ADD);
        if (table.numbered(number) == null) {
            inotify.removeWatch(number);
        }
        return number == watch.number();
    }

    /** Whether an error means that there is no directory of that name any more; an event tells where it is instead. */
    private static boolean isAbsence(SystemCallException e) {
        return switch (e.errno()) {
            case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.ESTALE -> true;
            default -> false;
        };
    }

    private void visitChild(DirectoryHandle parent, String parentPath, String name, Look look) throws IOException {
        if (excluded.contains(parentPath + name)) {
            return;
        }
        try (DirectoryHandle handle = parent.openPlace(ByteText.bytes(name), Resolve.BENEATH_NO_SYMLINKS)) {
            visit(handle, parentPath + name + "/", look);
        }
    }

    private void visit(DirectoryHandle handle, String path, Look look) throws IOException {
        int number = inotify.addWatch(handle, listingMask | MASK_ADD);
        Watch known = table.numbered(number);
        if (known == null) {
            Watch watch = new Watch(number, path);
            table.add(watch);
            list(handle, watch, look == Look.AGAIN ? Look.NEW : look);
            table.complete(watch);
            return;
        }
        boolean moved = look != Look.FIRST && !known.equals(table.at(path));
        boolean complete = !moved || table.move(known, path);
        if (look == Look.AGAIN || !complete) {
            inotify.addWatch(handle, listingMask);
            list(handle, known, Look.AGAIN);
        }
    }

    private void list(DirectoryHandle handle, Watch watch, Look look) throws IOException {
        boolean tells = look == Look.NEW || look == Look.ARRIVED;
        List<Entry> entries = entries(handle, look);
        Map<String, Integer> told = tells ? queue.lookAhead(watch.number()) : Map.of();
        for (Entry entry : entries) {
            int events = told.getOrDefault(entry.name, 0);
            boolean toldAsNew = (events & (CREATE | MOVED_TO)) != 0;
            if (toldAsNew) {
                continue;
            }
            if (tells) {
                find(watch, entry, CREATE | (entry.directory ? IS_DIRECTORY : 0));
            }
            if (entry.written && (events & OF_WRITING) == 0) {
                find(watch, entry, CLOSE_WRITE);
            }
            if (entry.directory) {
                visitListed(handle, watch.path(), entry.name, look);
            }
        }
        if (listingMask != mask) {
            inotify.addWatch(handle, mask);
        }
    }

    private void find(Watch watch, Entry entry, int event) {
        found.add(new ToolEvent(watch.number(), watch.path(), event, 0, entry.name));
    }

    /** @param written whether that it was closed is wanted, and can have happened unseen */
    private record Entry(String name, boolean directory, boolean written) {}

    private List<Entry> entries(DirectoryHandle handle, Look look) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryReader reader = handle.read()) {
            while (reader.next()) {
                boolean directory = isDirectory(reader);
                if (directory || look == Look.NEW || look == Look.ARRIVED) {
                    boolean written = look == Look.NEW && (mask & CLOSE_WRITE) != 0 && isFileWithOneName(reader);
                    entries.add(new Entry(ByteText.of(reader.name()), directory, written));
                }
            }
        }
        return entries;
    }

    private boolean isDirectory(DirectoryReader reader) throws IOException {
        int type = reader.type();
        if (type == DirectoryReader.TYPE_UNKNOWN) {
            return reader.status(false, status) && status.isDirectory();
        }
        return type == DirectoryReader.TYPE_DIRECTORY;
    }

    /** One with several is probably a link to what was written elsewhere. */
    private boolean isFileWithOneName(DirectoryReader reader) throws IOException {
        return reader.status(false, status) && status.isRegular() && status.linkCount() == 1;
    }

    /** One that is gone again, or may not be read, keeps nobody from watching the others. */
    private void visitListed(DirectoryHandle parent, String parentPath, String name, Look look) throws IOException {
        try {
            visitChild(parent, parentPath, name, look);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EACCES && !isAbsence(e)) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        workingDirectory.close();
    }
}
