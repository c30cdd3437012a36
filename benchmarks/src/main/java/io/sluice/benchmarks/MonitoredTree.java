package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tree of many directories: fifty in each, as deep as need be. */
final class MonitoredTree {
    private static final int FANOUT = 50;

    private MonitoredTree() {}

    /** Makes it; all its directories, the top first. */
    static List<Path> make(Path top, int count, int files) throws IOException {
        List<Path> directories = new ArrayList<>(List.of(Files.createDirectory(top)));
        for (int number = 1; number < count; number++) {
            Path parent = directories.get((number - 1) / FANOUT);
            directories.add(Files.createDirectory(parent.resolve("directory-" + number)));
        }
        for (Path directory : directories) {
            for (int number = 0; number < files; number++) {
                Files.createFile(directory.resolve("file-" + number));
            }
        }
        return directories;
    }
}
