package io.sluice.watcher.monitor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody knows of a tree who looks only where a monitor tells him to: the promise of {@link FileMonitor} holds if
 * this equals the tree.
 */
final class Follower {
    private final Path root;
    private final Map<String, String> known = new TreeMap<>();

    Follower(Path root) throws IOException {
        this.root = root;
        known.putAll(actual());
    }

    Map<String, String> known() {
        return known;
    }

    Map<String, String> actual() throws IOException {
        Map<String, String> found = new TreeMap<>();
        describe(root, found);
        return found;
    }

    void follow(List<Change> changes) throws IOException {
        for (Change change : changes) {
            boolean all = change.is(ChangeKind.SUBTREE) || change.is(ChangeKind.REMOVED);
            look(Recorder.text(change), all);
        }
    }

    private void look(String name, boolean subtree) throws IOException {
        Path path = root.resolve(name);
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (subtree || !directory) {
            known.keySet().removeIf(key -> key.equals(name) || key.startsWith(name.isEmpty() ? "" : name + "/"));
        }
        if (subtree) {
            describe(path, known);
        } else if (directory) {
            known.put(name, "directory");
        } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            known.put(name, content(path));
        }
    }

    private void describe(Path top, Map<String, String> into) throws IOException {
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    into.put(root.relativize(path).toString(), "directory");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    into.put(root.relativize(path).toString(), content(path));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private static String content(Path path) throws IOException {
        return Files.isSymbolicLink(path) ? "-> " + Files.readSymbolicLink(path) : Files.readString(path);
    }
}
