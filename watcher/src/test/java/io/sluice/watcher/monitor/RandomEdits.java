package io.sluice.watcher.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes, writes, moves and removes files and directories in a tree that somebody else may be changing too, and moves some
 * out of it and in again.
 */
final class RandomEdits implements Runnable {
    private final Path root;
    private final Path outside;
    private final Random random;
    private final int count;
    private final List<Exception> failures = new ArrayList<>();

    RandomEdits(Path root, Path outside, long seed, int count) {
        this.root = root;
        this.outside = outside;
        this.random = new Random(seed);
        this.count = count;
    }

    @Override
    public void run() {
        for (int i = 0; i < count; i++) {
            try {
                edit(i);
            } catch (IOException | UncheckedIOException e) {
                failures.add(e); // the other one was faster
            }
        }
    }

    private void edit(int number) throws IOException {
        Path path = place();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> Files.createDirectories(path);
            case 3, 4, 5 -> {
                Files.createDirectories(path.getParent());
                Files.writeString(path, "text " + number + " " + random.nextLong());
            }
            case 6 -> Files.createSymbolicLink(path, Path.of("target" + number));
            case 7 -> remove(path);
            default -> Files.move(path, place());
        }
    }

    /** Few names and little depth, so that the same places are used again and again. */
    private Path place() {
        Path path = random.nextInt(8) == 0 ? outside : root;
        int depth = 1 + random.nextInt(4);
        for (int i = 0; i < depth; i++) {
            path = path.resolve("n" + random.nextInt(4));
        }
        return path;
    }

    private static void remove(Path top) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(top)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
