package io.sluice.benchmarks;

import io.sluice.linux.FileMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares trees with one completely: names, types, modes, owners, times to the nanosecond and every byte. The names and attributes of that one are read once. */
final class TreeComparison {
    private static final List<String> COMPARED = List.of("mode", "uid", "gid", "lastModifiedTime");
    private static final String ATTRIBUTES = "unix:" + String.join(",", COMPARED);
    private static final int BUFFER = 1 << 18;

    private final Path expected;
    private final Map<Path, Map<String, Object>> entries = new TreeMap<>();
    private final ByteBuffer left = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer right = ByteBuffer.allocateDirect(BUFFER);

    private TreeComparison(Path expected) {
        this.expected = expected;
    }

    /** Reads what other trees are to be like. */
    static TreeComparison with(Path expected) throws IOException {
        TreeComparison comparison = new TreeComparison(expected);
        for (Path name : names(expected)) {
            comparison.entries.put(name, attributes(expected.resolve(name)));
        }
        return comparison;
    }

    /** The first difference, for a reader; empty if the trees are equal. */
    Optional<String> difference(Path actual) throws IOException {
        Set<Path> others = names(actual);
        for (Map.Entry<Path, Map<String, Object>> entry : entries.entrySet()) {
            Path name = entry.getKey();
            if (!others.remove(name)) {
                return Optional.of("missing: " + name);
            }
            Optional<String> difference = entryDifference(name, entry.getValue(), actual.resolve(name));
            if (difference.isPresent()) {
                return Optional.of(difference.get() + ": " + name);
            }
        }
        return others.stream().findFirst().map(name -> "too much: " + name);
    }

    /** A number that changes, almost certainly, when a file of the tree is replaced or touched, even to the same state. */
    static long fingerprint(Path tree) throws IOException {
        long print = 0;
        for (Path name : new TreeSet<>(names(tree))) {
            Map<String, Object> attributes =
                    Files.readAttributes(tree.resolve(name), "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS);
            print = print * 31 + attributes.hashCode();
        }
        return print;
    }

    private static Set<Path> names(Path top) throws IOException {
        Set<Path> names = new HashSet<>();
        try (Stream<Path> all = Files.walk(top)) {
            all.forEach(path -> names.add(top.relativize(path)));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        return names;
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }

    private Optional<String> entryDifference(Path name, Map<String, Object> wanted, Path actual) throws IOException {
        Map<String, Object> found = attributes(actual);
        for (String attribute : COMPARED) {
            if (!Objects.equals(wanted.get(attribute), found.get(attribute))) {
                return Optional.of(attribute + " " + found.get(attribute) + " instead of " + wanted.get(attribute));
            }
        }
        boolean file = wanted.get("mode") instanceof Integer mode && (mode & FileMode.TYPE_MASK) == FileMode.REGULAR;
        return file && !sameContent(expected.resolve(name), actual) ? Optional.of("content") : Optional.empty();
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
