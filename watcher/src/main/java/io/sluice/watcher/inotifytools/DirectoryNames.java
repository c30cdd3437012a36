package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.FanotifyEvents;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The paths of directories, by what fanotify's events call them: as of the events that were read until now. What no event
 * has told yet is asked of the kernel. So what happened in a directory that is gone by now has its path all the same.
 *
 * <p>Paths are absolute, as the kernel shows them, with a slash at their end.
 */
final class DirectoryNames {
    /** Some 50 MB. */
    private static final int MAX = 200_000;

    private static final String DELETED = " (deleted)";

    private final Map<ByteBuffer, String> paths = new HashMap<>();
    private final NavigableMap<String, ByteBuffer> keys = new TreeMap<>();
    private final Set<ByteBuffer> lasting = new HashSet<>();
    private final FileStatus status = new FileStatus();
    private final int max;

    DirectoryNames() {
        this(MAX);
    }

    /** @param max directories; with more, all but those that are kept are asked of the kernel anew */
    DirectoryNames(int max) {
        this.max = max;
    }

    /** The path of a directory that an event names; null if it is gone, and nothing is known of it. */
    @Nullable
    String of(FanotifyEvents events, int place, DirectoryHandle mount) throws IOException {
        byte[] key = events.directory(place);
        String known = paths.get(ByteBuffer.wrap(key));
        if (known != null) {
            return known;
        }
        try (DirectoryHandle directory = events.open(place, mount)) {
            if (directory == null) {
                return null;
            }
            String path = pathOf(directory);
            put(key, path);
            return path;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENAMETOOLONG) {
                return null;
            }
            throw e;
        }
    }

    /** The path of an open directory; of one that was removed, the last it had. */
    String pathOf(DirectoryHandle directory) throws IOException {
        String path = ByteText.of(directory.kernelPath());
        if (path.endsWith(DELETED)) {
            directory.status(status);
            if (status.linkCount() == 0) {
                path = path.substring(0, path.length() - DELETED.length());
            }
        }
        return path.endsWith("/") ? path : path + "/";
    }

    /** The path of a directory; null if none is known. */
    @Nullable
    String at(byte[] key) {
        return paths.get(ByteBuffer.wrap(key));
    }

    /** A directory has this path; if it had another one, all below it are moved with it. */
    void put(byte[] key, String path) {
        ByteBuffer directory = ByteBuffer.wrap(key);
        String before = paths.get(directory);
        if (path.equals(before)) {
            return;
        }
        if (before != null && directory.equals(keys.get(before))) {
            move(before, path);
            return;
        }
        if (paths.size() >= max) {
            makeRoom();
        }
        paths.put(directory, path);
        keys.put(path, directory);
    }

    /** As {@link #put}; and however many directories there are, this one's path stays known until {@link #clear}. */
    void keep(byte[] key, String path) {
        lasting.add(ByteBuffer.wrap(key));
        put(key, path);
    }

    private void makeRoom() {
        paths.keySet().retainAll(lasting);
        keys.values().retainAll(lasting);
    }

    private void move(String from, String to) {
        Map<String, ByteBuffer> below = keys.subMap(from, ToolEvent.endOf(from));
        Map<String, ByteBuffer> moved = new HashMap<>(below);
        below.clear();
        moved.forEach((path, key) -> {
            String now = to + path.substring(from.length());
            paths.put(key, now);
            keys.put(now, key);
        });
    }

    /** A directory is gone. */
    void remove(byte[] key) {
        ByteBuffer directory = ByteBuffer.wrap(key);
        String path = paths.remove(directory);
        if (path != null) {
            keys.remove(path, directory);
        }
    }

    /** Events were lost: where anything is, the kernel has to tell. */
    void clear() {
        lasting.clear();
        paths.clear();
        keys.clear();
    }
}
