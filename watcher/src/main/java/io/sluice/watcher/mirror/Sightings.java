package io.sluice.watcher.mirror;

import io.sluice.linux.FileStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How files looked to whichever session read them first, so that all replicas get the same content in a batch or none:
 * what has changed when another session comes to it goes with the next batch. Thread-safe.
 */
final class Sightings {
    private final Map<String, Sight> first = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    private record Sight(long inode, long size, long seconds, int nanos) {
        static Sight of(FileStatus status) {
            return new Sight(status.inode(), status.size(), status.mtimeSeconds(), status.mtimeNanos());
        }
    }

    /** A session opens a file, or has read it: whether it is what the others have seen. */
    boolean isAsBefore(byte[] path, FileStatus status) {
        Sight now = Sight.of(status);
        String key = PathText.of(path);
        Sight before = first.putIfAbsent(key, now);
        boolean same = before == null || before.equals(now);
        if (!same) {
            changed.add(key);
        }
        return same;
    }

    /** The paths, a character for each byte, of files that have changed since they were first seen. */
    Set<String> changed() {
        return Set.copyOf(changed);
    }
}
