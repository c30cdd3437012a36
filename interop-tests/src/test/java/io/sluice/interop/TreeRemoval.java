package io.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Takes away trees that tests have made. */
public final class TreeRemoval {
    private TreeRemoval() {}

    /** Removes a tree, links and all, if it is there. */
    public static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** As {@link #remove} at the end of a process: what cannot be removed stays in the directory for temporary files. */
    static void removeAtEnd(Path tree) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                remove(tree);
            } catch (IOException e) {
                System.err.println("left behind: " + tree + " (" + e.getMessage() + ")");
            }
        }));
    }
}
