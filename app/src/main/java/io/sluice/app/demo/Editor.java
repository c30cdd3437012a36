package io.sluice.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Edits the site as a CMS would. */
final class Editor {
    private static final int LARGE_PIECES = 20;
    private static final int LARGE_PIECE_BYTES = 400_000;
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(25);

    private final Path site;
    private final Random random = new Random(1);

    Editor(Path site) {
        this.site = site;
    }

    /** Makes the change; returns {@link System#nanoTime} of the moment it was complete on the publish node. */
    @FunctionalInterface
    interface Action {
        long make() throws IOException;
    }

    /** Whether a web node's tree shows the change. */
    @FunctionalInterface
    interface Evidence {
        boolean isIn(Path tree) throws IOException;
    }

    /** One change to the site and how to see it. */
    record Change(String description, Action action, Evidence evidence) {
        long make() throws IOException {
            return action.make();
        }
    }

    /** The changes of one round, to be made in order. */
    List<Change> round(int round) {
        return List.of(
                newPage(round),
                changedPage(round),
                largeFile(round),
                rename(round),
                newTree(round),
                delete(round),
                deleteTree(round));
    }

    private Change newPage(int round) {
        String name = "section-1/new-" + round + ".html";
        String content = SampleSite.page(round, random);
        return new Change(
                "new page          " + name,
                () -> write(name, content),
                tree -> hasContent(tree.resolve(name), content));
    }

    private Change changedPage(int round) {
        String name = "section-1/new-" + round + ".html";
        String content = SampleSite.page(round, random) + "<p>changed</p>\n";
        return new Change(
                "changed page      " + name,
                () -> write(name, content),
                tree -> hasContent(tree.resolve(name), content));
    }

    private Change largeFile(int round) {
        String name = "section-2/film-" + round + ".bin";
        long size = (long) LARGE_PIECES * LARGE_PIECE_BYTES;
        return new Change(
                "8 MB, slowly      " + name,
                () -> writeSlowly(site.resolve(name)),
                tree -> Files.exists(tree.resolve(name)) && Files.size(tree.resolve(name)) == size);
    }

    private Change rename(int round) {
        String from = "section-1/new-" + round + ".html";
        String to = "section-1/renamed-" + round + ".html";
        return new Change(
                "rename            " + to,
                () -> {
                    Files.move(site.resolve(from), site.resolve(to));
                    return System.nanoTime();
                },
                tree -> Files.exists(tree.resolve(to)) && !exists(tree.resolve(from)));
    }

    private Change newTree(int round) {
        Path top = Path.of("new-section-" + round);
        Path last = top.resolve("a/b/c/page-39.html");
        return new Change(
                "new tree, 41 files " + top,
                () -> {
                    Files.createDirectories(site.resolve(top).resolve("a/b/c"));
                    Files.writeString(site.resolve(top).resolve("index.html"), "index\n");
                    for (int i = 0; i < 40; i++) {
                        Files.writeString(site.resolve(top).resolve("a/b/c/page-" + i + ".html"), "page " + i + "\n");
                    }
                    return System.nanoTime();
                },
                tree -> hasContent(tree.resolve(last), "page 39\n")
                        && count(tree.resolve(top).resolve("a/b/c")) == 40);
    }

    private Change delete(int round) {
        String name = "section-1/renamed-" + round + ".html";
        return new Change(
                "delete            " + name,
                () -> {
                    Files.delete(site.resolve(name));
                    return System.nanoTime();
                },
                tree -> !exists(tree.resolve(name)));
    }

    private Change deleteTree(int round) {
        Path top = Path.of("new-section-" + round);
        return new Change(
                "delete a tree     " + top,
                () -> {
                    for (int i = 0; i < 40; i++) {
                        Files.delete(site.resolve(top).resolve("a/b/c/page-" + i + ".html"));
                    }
                    Files.delete(site.resolve(top).resolve("index.html"));
                    for (String directory : List.of("a/b/c", "a/b", "a", "")) {
                        Files.delete(site.resolve(top).resolve(directory));
                    }
                    return System.nanoTime();
                },
                tree -> !exists(tree.resolve(top)));
    }

    private long write(String name, String content) throws IOException {
        Files.writeString(site.resolve(name), content);
        return System.nanoTime();
    }

    private long writeSlowly(Path file) throws IOException {
        byte[] piece = new byte[LARGE_PIECE_BYTES];
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int i = 0; i < LARGE_PIECES; i++) {
                random.nextBytes(piece);
                out.write(piece);
                LockSupport.parkNanos(BETWEEN_PIECES.toNanos());
            }
        }
        return System.nanoTime();
    }

    private static boolean hasContent(Path file, String content) throws IOException {
        return Files.exists(file)
                && Files.size(file) == content.length()
                && Files.readString(file).equals(content);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static long count(Path directory) throws IOException {
        try (var names = Files.list(directory)) {
            return names.filter(name -> !name.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
