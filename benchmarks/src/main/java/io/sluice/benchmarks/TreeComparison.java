package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares trees completely: names, types, modes, owners, times to the nanosecond and every byte. */
final class TreeComparison {
    private static final List<String> COMPARED = List.of("mode", "uid", "gid", "lastModifiedTime");
    private static final int BUFFER = 1 << 18;

    private final ByteBuffer left = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer right = ByteBuffer.allocateDirect(BUFFER);

    /** The first difference, for a reader; empty if the trees are equal. */
    Optional<String> difference(Path expected, Path actual) throws IOException {
        Map<String, Path> expectedEntries = entries(expected);
        Map<String, Path> actualEntries = entries(actual);
        for (Map.Entry<String, Path> entry : expectedEntries.entrySet()) {
            Path other = actualEntries.remove(entry.getKey());
            if (other == null) {
                return Optional.of("missing: " + entry.getKey());
            }
            Optional<String> difference = entryDifference(entry.getValue(), other);
            if (difference.isPresent()) {
                return Optional.of(difference.get() + ": " + entry.getKey());
            }
        }
        return actualEntries.keySet().stream().findFirst().map(name -> "too much: " + name);
    }

    /** A number that changes, almost certainly, when a file of the tree is replaced or touched, even to the same state. */
    static long fingerprint(Path tree) throws IOException {
        long print = 0;
        for (Path path : entries(tree).values()) {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS);
            print = print * 31 + attributes.hashCode();
        }
        return print;
    }

    private static Map<String, Path> entries(Path top) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        try (Stream<Path> all = Files.walk(top)) {
            all.forEach(path -> entries.put(top.relativize(path).toString(), path));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        return entries;
    }

    private Optional<String> entryDifference(Path expected, Path actual) throws IOException {
        Map<String, Object> wanted = Files.readAttributes(expected, "unix:*", LinkOption.NOFOLLOW_LINKS);
        Map<String, Object> found = Files.readAttributes(actual, "unix:*", LinkOption.NOFOLLOW_LINKS);
        for (String attribute : COMPARED) {
            if (!String.valueOf(wanted.get(attribute)).equals(String.valueOf(found.get(attribute)))) {
                return Optional.of(attribute + " " + found.get(attribute) + " instead of " + wanted.get(attribute));
            }
        }
        boolean file = Boolean.TRUE.equals(wanted.get("isRegularFile"));
        return file && !sameContent(expected, actual) ? Optional.of("content") : Optional.empty();
    }

    private boolean sameContent(Path expected, Path actual) throws IOException {
        try (FileChannel wanted = FileChannel.open(expected);
                FileChannel found = FileChannel.open(actual)) {
            if (wanted.size() != found.size()) {
                return false;
            }
            boolean more = true;
            while (more) {
                more = fill(wanted, left) > 0;
                fill(found, right);
                if (!left.equals(right)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static int fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
        buffer.flip();
        return buffer.remaining();
    }
}
