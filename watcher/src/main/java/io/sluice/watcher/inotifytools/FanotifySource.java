package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.Errno;
import io.sluice.linux.Fanotify;
import io.sluice.linux.FanotifyEvents;
import io.sluice.linux.FanotifyMask;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyMask;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events by fanotify: all those of the file systems of what is watched, of which the {@link Scope}s leave what was asked
 * for. So nothing is lost in a directory that is new, and nothing must be found there: the kernel tells it. (The original
 * marks each directory, and misses what happens in a new one before it is marked.)
 *
 * <p>Directories have absolute paths, as with the original, and those they have when the event happens. What this process
 * does itself is not told: to write an event to a file would be another one.
 */
final class FanotifySource implements EventSource {
    /** Asked for always: where directories are follows from it. */
    private static final int WHERE = Scope.OF_NAMES | FanotifyMask.ON_DIRECTORY;

    private static final int CAME = FanotifyMask.CREATE | FanotifyMask.MOVED_TO;
    private static final int WENT = FanotifyMask.DELETE | FanotifyMask.MOVED_FROM;
    private static final byte[] HERE = {'.'};
    private static final byte[] ITSELF = {};
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Settings settings;
    private final boolean whole;
    private final Troubles troubles;
    private final int asked;
    private final int self = (int) ProcessHandle.current().pid();
    private final Fanotify fanotify;
    private final FanotifyEvents events = new FanotifyEvents();
    private final FileStatus status = new FileStatus();
    private final DirectoryNames names;
    private final List<Scope> scopes = new ArrayList<>();
    /** A directory on each file system, by what events call that. */
    private final Map<Long, DirectoryHandle> marked = new HashMap<>();
    /** Directories that are watched by themselves. */
    private final List<DirectoryHandle> tops = new ArrayList<>();
    /** All that are open. */
    private final List<DirectoryHandle> kept = new ArrayList<>();

    private final Map<String, Watch> rows = new LinkedHashMap<>();
    /** To be told before anything is read. */
    private @Nullable ToolEvent later;

    private volatile boolean woken;

    /** @param whole whether all is told that happens on the file systems */
    FanotifySource(Settings settings, boolean whole, Troubles troubles) throws IOException {
        this(settings, whole, troubles, new DirectoryNames());
    }

    /** @param names without any */
    FanotifySource(Settings settings, boolean whole, Troubles troubles, DirectoryNames names) throws IOException {
        this.settings = settings;
        this.names = names;
        this.whole = whole;
        this.troubles = troubles;
        this.asked = settings.mask() & ~InotifyMask.DONT_FOLLOW;
        this.fanotify = Fanotify.openWithTargets();
    }

    @Override
    public void watch(String path, boolean recursive) throws IOException {
        boolean follow = (settings.mask() & InotifyMask.DONT_FOLLOW) == 0;
        try (DirectoryHandle here = DirectoryHandle.place(HERE)) {
            if (!here.status(ByteText.bytes(path), follow, status)) {
                throw new SystemCallException("statx", Errno.ENOENT, path);
            }
            if (status.isDirectory()) {
                watchDirectory(keep(DirectoryHandle.open(ByteText.bytes(path))), recursive);
            } else {
                watchFile(path, follow);
            }
        }
    }

    private DirectoryHandle keep(DirectoryHandle directory) {
        kept.add(directory);
        return directory;
    }

    private void watchFile(String path, boolean follow) throws IOException {
        long device = status.device();
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        DirectoryHandle parent = keep(DirectoryHandle.open(directory.isEmpty() ? HERE : ByteText.bytes(directory)));
        parent.status(status);
        if (status.device() != device) {
            throw new IOException("It is on another file system than its directory");
        }
        mark(parent, asked | WHERE);
        byte[] name = ByteText.bytes(path.substring(directory.length()));
        scopes.add(whole ? new Scope.Whole() : new Scope.File(parent.eventKey(name, follow), path));
    }

    private void watchDirectory(DirectoryHandle top, boolean recursive) throws IOException {
        byte[] key = top.eventKey(ITSELF, false);
        if (whole) {
            mark(top, asked | WHERE);
            scopes.add(new Scope.Whole());
            return;
        }
        tops.add(top);
        if (!recursive) {
            mark(top, asked | WHERE);
            names.keep(key, names.pathOf(top));
            scopes.add(new Scope.Directory(key));
            return;
        }
        mark(top, WHERE);
        names.keep(key, names.pathOf(top));
        Set<String> excluded = excluded();
        learn(top, names.pathOf(top), top.fileSystem().id(), excluded);
        for (DirectoryHandle directory : marked.values()) { // not before: to list them makes events
            fanotify.markFileSystem(directory, asked | WHERE);
        }
        scopes.add(new Scope.Tree(key, excluded));
    }

    /** @param directory open for reading, as the kernel wants it */
    private void mark(DirectoryHandle directory, int mask) throws IOException {
        fanotify.markFileSystem(directory, mask);
        marked.putIfAbsent(directory.fileSystem().id(), directory);
    }

    private Set<String> excluded() throws IOException {
        Set<String> absolute = new HashSet<>();
        for (String name : settings.paths().excluded()) {
            try (DirectoryHandle directory = DirectoryHandle.place(ByteText.bytes(name))) {
                absolute.add(names.pathOf(directory));
            } catch (SystemCallException e) { // it may come into being
                try (DirectoryHandle here = DirectoryHandle.place(HERE)) {
                    absolute.add((name.startsWith("/") ? name : names.pathOf(here) + name) + "/");
                }
            }
        }
        return absolute;
    }

    /** Notes where all directories of a tree are: one may be gone when an event of it is read. */
    private void learn(DirectoryHandle directory, String path, long fileSystem, Set<String> excluded)
            throws IOException {
        names.put(directory.eventKey(ITSELF, false), path);
        for (byte[] name : directories(directory)) {
            String below = path + ByteText.of(name) + "/";
            if (excluded.contains(below)) {
                continue;
            }
            try (DirectoryHandle child = directory.openPlace(name, Resolve.BENEATH_NO_SYMLINKS)) {
                long own = child.fileSystem().id();
                if (own != fileSystem && !marked.containsKey(own)) {
                    mark(keep(directory.openDirectory(name, Resolve.BENEATH_NO_SYMLINKS)), WHERE);
                }
                learn(child, below, own, excluded);
            } catch (SystemCallException e) {
                if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                    troubles.cannotWatch(below, EventSource.reason(e));
                }
            }
        }
    }

    private List<byte[]> directories(DirectoryHandle directory) throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                boolean unknown = reader.type() == DirectoryReader.TYPE_UNKNOWN;
                if (unknown
                        ? reader.status(false, status) && status.isDirectory()
                        : reader.type() == DirectoryReader.TYPE_DIRECTORY) {
                    found.add(reader.name());
                }
            }
        }
        return found;
    }

    @Override
    public Optional<ToolEvent> next(long timeoutMillis, Runnable idle) throws IOException {
        ToolEvent second = later;
        if (second != null) {
            later = null;
            return Optional.of(second);
        }
        long since = System.nanoTime();
        while (true) {
            while (events.next()) {
                ToolEvent event = current();
                if (event != null) {
                    return Optional.of(event);
                }
            }
            idle.run();
            long left = timeoutMillis < 0
                    ? Inotify.FOREVER
                    : Math.max(0, timeoutMillis - (System.nanoTime() - since) / NANOS_PER_MILLI);
            if (!fanotify.read(events, left) && (woken || left == 0)) {
                woken = false;
                return Optional.empty();
            }
        }
    }

    /** The event that the cursor is on; null if it is none that counts. */
    private @Nullable ToolEvent current() throws IOException {
        if (events.has(FanotifyMask.QUEUE_OVERFLOW)) {
            lookAgain();
            troubles.overflow();
            return LOST;
        }
        String directory = directory();
        String name = directory.isEmpty() ? "" : ByteText.of(events.name(events.place()));
        if (!directory.isEmpty() && !name.isEmpty() && events.has(FanotifyMask.ON_DIRECTORY)) {
            follow(directory + name + "/");
        }
        if (!events.has(asked) || events.pid() == self) {
            return null;
        }
        for (Scope scope : scopes) {
            int mask = scope.of(events, directory, names) & (asked | InotifyMask.IS_DIRECTORY);
            if ((mask & asked) != 0) {
                ToolEvent event = event(scope, directory, name, mask);
                return settings.selection().selects(event.path()) ? inTurn(event) : null;
            }
        }
        return null;
    }

    /**
     * The kernel makes one event of all that nobody has read yet of a file: that a name came is told first, and that it
     * went is told last. If it came and went, nobody can say in which order.
     */
    private ToolEvent inTurn(ToolEvent event) {
        int came = event.mask() & CAME;
        int went = event.mask() & WENT;
        int rest = event.mask() & EventNames.ALL & ~(came | went);
        if (rest == 0 || (came == 0) == (went == 0)) {
            return event;
        }
        int directory = event.mask() & InotifyMask.IS_DIRECTORY;
        later = event.with((came == 0 ? went : rest) | directory);
        return event.with((came == 0 ? rest : came) | directory);
    }

    /** The path of the event's directory; empty if it has none, or one of which nothing is known. */
    private String directory() throws IOException {
        int place = events.place();
        if (place == FanotifyEvents.NOWHERE) {
            return "";
        }
        DirectoryHandle mount = marked.get(events.fileSystem(place));
        String path = mount == null ? null : names.of(events, place, mount);
        return path == null ? "" : path;
    }

    private static ToolEvent event(Scope scope, String directory, String name, int mask) {
        if (directory.isEmpty() && scope instanceof Scope.File(byte[] key, String given)) {
            int split = given.lastIndexOf('/') + 1;
            return split == 0
                    ? new ToolEvent(0, given, mask, 0, "")
                    : new ToolEvent(0, given.substring(0, split), mask, 0, given.substring(split));
        }
        return new ToolEvent(0, directory, mask, 0, name);
    }

    /** @param path of the directory that the event is about */
    private void follow(String path) throws IOException {
        if (events.target() != FanotifyEvents.NOWHERE) {
            byte[] key = events.directory(events.target());
            if (events.has(FanotifyMask.MOVED_FROM) && events.has(FanotifyMask.MOVED_TO)) {
                lookAgain(); // which was first, nobody can say
            } else if (events.has(CAME | FanotifyMask.MOVED_FROM)) {
                names.put(key, path);
            }
            if (events.has(FanotifyMask.DELETE)) {
                names.remove(key);
            }
        } else if (events.has(FanotifyMask.MOVED_FROM | FanotifyMask.MOVED_TO)) {
            lookAgain();
        }
    }

    /** Forgets where directories were. */
    private void lookAgain() throws IOException {
        names.clear();
        for (DirectoryHandle top : tops) {
            names.keep(top.eventKey(ITSELF, false), names.pathOf(top));
        }
    }

    @Override
    public void wakeUp() throws IOException {
        woken = true;
        fanotify.wakeUp();
    }

    @Override
    public Watch row(ToolEvent event) {
        return rows.computeIfAbsent(event.path(), path -> {
            Watch row = new Watch(rows.size(), path);
            row.complete(rows.size());
            return row;
        });
    }

    @Override
    public Collection<Watch> rows() {
        return rows.values();
    }

    @Override
    public int watchCount() {
        return marked.size();
    }

    @Override
    public void close() throws IOException {
        fanotify.close();
        for (DirectoryHandle directory : kept) {
            directory.close();
        }
    }
}
