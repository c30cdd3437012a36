package io.sluice.app.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Compares two trees completely: names, types, modes, times to the nanosecond, link targets and every byte. */
final class TreeComparison {
    private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime";

    private TreeComparison() {}

    /** Returns a line for each difference; empty if the trees are equal. */
    static List<String> differences(Path expected, Path actual) throws IOException {
        List<String> differences = new ArrayList<>();
        Map<String, Path> left = entries(expected);
        Map<String, Path> right = entries(actual);
        left.forEach((name, path) -> {
            Path other = right.remove(name);
            if (other == null) {
                differences.add("missing: " + name);
            } else {
                compare(name, path, other, differences);
            }
        });
        right.keySet().forEach(name -> differences.add("too much: " + name));
        return differences;
    }

    private static Map<String, Path> entries(Path top) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                entries.put(top.relativize(directory).toString(), directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                entries.put(top.relativize(file).toString(), file);
                return FileVisitResult.CONTINUE;
            }

            // What was there a moment ago, such as a file that was still being received, is none of the entries.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return entries;
    }

    private static void compare(String name, Path left, Path right, List<String> differences) {
        try {
            Map<String, Object> a = Files.readAttributes(left, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            Map<String, Object> b = Files.readAttributes(right, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            boolean directory = Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS);
            for (String attribute : directory ? List.of("mode", "lastModifiedTime") : a.keySet()) {
                if (!Objects.equals(a.get(attribute), b.get(attribute))) {
                    differences.add(attribute + ": " + name + " (" + a.get(attribute) + ", " + b.get(attribute) + ")");
                    return;
                }
            }
            if (Files.isSymbolicLink(left)) {
                if (!Files.readSymbolicLink(left).equals(Files.readSymbolicLink(right))) {
                    differences.add("target: " + name);
                }
            } else if (!directory && Files.mismatch(left, right) >= 0) {
                differences.add("content: " + name);
            }
        } catch (NoSuchFileException e) {
            differences.add("changing: " + name);
        } catch (IOException e) {
            differences.add("unreadable: " + name + " (" + e.getMessage() + ")");
        }
    }
}
