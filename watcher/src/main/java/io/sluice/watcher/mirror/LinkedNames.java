package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import io.sluice.watcher.mirror.StoodFor.Inode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of files that have several. A write through one name changes the file under all of them, and the kernel
 * tells of that one alone, so that the others have to be found: by a walk through the whole source, which looks at
 * nothing but the inode numbers in its directories. What it found is kept: a name that is new has an event of its own,
 * and is added when that is dealt with. A name may be another file's by the time its event is dealt with, or gone: so it
 * is kept too which file a name stood for ({@link StoodFor}), as sessions, plans and events come by it, and the other names
 * of that one go as well. Thread-safe.
 */
final class LinkedNames {
    private static final int MAX_KEPT = 100_000;
    /** 32 MiB. */
    private static final int MAX_STOOD_FOR = 1 << 20;

    private final Map<Inode, Set<String>> known = new LinkedHashMap<>();
    private final StoodFor stoodFor = new StoodFor(MAX_STOOD_FOR);

    private final boolean travel;
    private int kept;

    /** @param travel whether names of one file are to be that on the replicas, too ({@code --hard-links}) */
    LinkedNames(boolean travel) {
        this.travel = travel;
    }

    /** Whether names of one file are to be that on the replicas, too. */
    boolean travel() {
        return travel;
    }

    /**
     * A name to be pushed too.
     *
     * @param written whether its content is to be compared
     */
    record Name(byte[] path, boolean written) {}

    /** Files with several names of which some are planned. */
    static final class Wanted {
        private final Map<Inode, Planned> files = new HashMap<>();
        private final Map<String, Boolean> named = new LinkedHashMap<>();
        private final long since;
        private final long now;

        /**
         * Makes one of what has been dirty for some time.
         *
         * @param since the time of the first event of all
         */
        Wanted(long since, long now) {
            this.since = since;
            this.now = now;
        }

        private static final class Planned {
            private final Set<String> names = new TreeSet<>();
            private final List<byte[]> unwritten = new ArrayList<>();
            private boolean written;
        }

        void add(FileStatus status, byte[] path, boolean written) {
            Planned planned = planned(new Inode(status.device(), status.inode()));
            planned.names.add(PathText.of(path));
            planned.written |= written;
            if (!written) {
                planned.unwritten.add(path);
            }
        }

        /** An event named this path, whatever is there now. */
        void name(byte[] path, boolean written) {
            named.put(PathText.of(path), written);
        }

        /** It was changed under this name, which is not pushed itself. */
        void addOthersOf(FileStatus status, byte[] path, boolean written) {
            Planned planned = planned(new Inode(status.device(), status.inode()));
            planned.names.add(PathText.of(path));
            planned.written |= written;
        }

        /** Another name of it is pushed with its subtree, which this one and others may lie outside of. */
        void addOthersOf(Inode inode) {
            planned(inode);
        }

        private Planned planned(Inode inode) {
            return files.computeIfAbsent(inode, file -> new Planned());
        }

        private boolean isPlannedAs(Inode inode, String name) {
            Planned planned = files.get(inode);
            return planned != null && planned.names.contains(name);
        }

        /** Names, the same arrays, of files that were written to under another one: only in one session with that one they stay names of one file. */
        List<byte[]> writtenUnderOthers() {
            return files.values().stream()
                    .filter(planned -> planned.written)
                    .flatMap(planned -> planned.unwritten.stream())
                    .toList();
        }
    }

    /** Whether no file with several names was ever seen. */
    synchronized boolean isEmpty() {
        return stoodFor.isEmpty();
    }

    /** A file with several names is seen under this one. */
    synchronized void saw(byte[] name, FileStatus status) {
        stoodFor.put(name, status.device(), status.inode());
    }

    /** Whether the name stood for a file that had others. */
    synchronized boolean hasSeen(byte[] name) {
        return stoodFor.has(name);
    }

    /** The names of the wanted files that are not planned, and of those that the named paths stood for. */
    synchronized List<Name> others(DirectoryHandle root, Wanted wanted) throws IOException {
        List<Name> others = new ArrayList<>();
        wanted.named.forEach((name, written) -> {
            byte[] path = bytes(name);
            Inode before = stoodFor.get(path, wanted.since);
            if (before != null && !wanted.isPlannedAs(before, name)) {
                wanted.planned(before).written |= written;
                stoodFor.left(path, wanted.now);
                Set<String> names = known.get(before);
                kept -= names != null && names.remove(name) ? 1 : 0;
            }
        });
        if (wanted.files.isEmpty()) {
            return others;
        }
        learn(root, wanted);
        wanted.files.forEach((inode, planned) -> {
            Set<String> names = known.getOrDefault(inode, Set.of());
            for (String name : names) {
                if (!planned.names.contains(name)) {
                    others.add(new Name(bytes(name), planned.written));
                }
            }
            planned.names.forEach(name -> keep(inode, names, name));
        });
        bound();
        return others;
    }

    /** A directory came or went, with names in it that have no events. */
    synchronized void forget() {
        known.clear();
        kept = 0;
    }

    private void keep(Inode inode, Set<String> names, String name) {
        kept += names.add(name) ? 1 : 0;
        stoodFor.put(bytes(name), inode.device(), inode.number());
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void learn(DirectoryHandle root, Wanted wanted) throws IOException {
        Map<Long, Boolean> unknown = new HashMap<>();
        for (Inode inode : wanted.files.keySet()) {
            if (!known.containsKey(inode)) {
                unknown.put(inode.number(), true);
                known.put(inode, new TreeSet<>());
            }
        }
        if (!unknown.isEmpty()) {
            try (DirectoryHandle top = root.openDirectory(new byte[] {'.'}, Resolve.NO_SYMLINKS)) {
                walk(top, "", unknown.keySet());
            }
        }
    }

    private void walk(DirectoryHandle directory, String prefix, Set<Long> inodes) throws IOException {
        List<byte[]> below = new ArrayList<>();
        FileStatus status = new FileStatus();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                int type = reader.type();
                boolean wanted = inodes.contains(reader.inode());
                if (type == DirectoryReader.TYPE_DIRECTORY) {
                    below.add(reader.name());
                } else if ((wanted || type == DirectoryReader.TYPE_UNKNOWN) && reader.status(false, status)) {
                    if (status.isDirectory()) {
                        below.add(reader.name());
                    } else {
                        Inode inode = new Inode(status.device(), status.inode());
                        Set<String> names = known.get(inode);
                        if (names != null) {
                            keep(inode, names, prefix + PathText.of(reader.name()));
                        }
                    }
                }
            }
        }
        for (byte[] name : below) {
            try (DirectoryHandle child = directory.openDirectory(name, Resolve.NO_SYMLINKS)) {
                walk(child, prefix + PathText.of(name) + "/", inodes);
            } catch (SystemCallException e) {
                // Gone meanwhile, or not ours to read: what is in it cannot be pushed either.
            }
        }
    }

    private void bound() {
        var oldest = known.values().iterator();
        while (kept > MAX_KEPT && oldest.hasNext()) {
            kept -= oldest.next().size();
            oldest.remove();
        }
    }
}
