package io.sluice.watcher.mirror;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Files that somebody is writing: they are held back until they are complete, or have been quiet for a time. Each path
 * that comes in goes out again, one way or the other. Thread-safe.
 */
final class GrowingFiles {
    private final int max;
    private final long quietNanos;
    /** Times of the last change, the oldest first. */
    private final Map<String, Long> files = new LinkedHashMap<>();

    /** @param max files held at most; beyond, the oldest counts as quiet */
    GrowingFiles(int max, long quietNanos) {
        this.max = max;
        this.quietNanos = quietNanos;
    }

    /** A file changed and is not closed. */
    synchronized void grows(byte[] path, long nanos) {
        String key = key(path);
        files.remove(key);
        files.put(key, nanos);
    }

    /** A file is closed, or gone. */
    synchronized void completed(byte[] path) {
        files.remove(key(path));
    }

    synchronized boolean contains(byte[] path) {
        return !files.isEmpty() && files.containsKey(key(path));
    }

    /** Takes out the files that have not changed for the quiet time. */
    synchronized List<byte[]> takeQuiet(long now) {
        List<byte[]> quiet = new ArrayList<>();
        Iterator<Map.Entry<String, Long>> oldest = files.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Long> file = oldest.next();
            if (now - file.getValue() < quietNanos && files.size() <= max) {
                break;
            }
            quiet.add(file.getKey().getBytes(StandardCharsets.ISO_8859_1));
            oldest.remove();
        }
        return quiet;
    }

    /** Nanoseconds until the next file may be quiet; absent if there is none. */
    synchronized OptionalLong nextQuiet(long now) {
        if (files.isEmpty()) {
            return OptionalLong.empty();
        }
        long oldest = files.values().iterator().next();
        return OptionalLong.of(files.size() > max ? 0 : Math.max(0, oldest + quietNanos - now));
    }

    private static String key(byte[] path) {
        return new String(path, StandardCharsets.ISO_8859_1);
    }
}
