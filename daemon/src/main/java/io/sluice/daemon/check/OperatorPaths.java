package io.sluice.daemon.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What can be said about the name of a file that does not have to exist yet. */
final class OperatorPaths {
    private OperatorPaths() {}

    /** Why no file of this name can be made; empty if it can, or has no name. */
    static Optional<String> missingParent(String file) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(file).toAbsolutePath();
        if (Files.isDirectory(path)) {
            return Optional.of(file + " is a directory (expected: a file)");
        }
        Path parent = path.getParent();
        return parent == null || Files.isDirectory(parent)
                ? Optional.empty()
                : Optional.of("no directory " + parent + " (expected: one for " + path.getFileName() + ")");
    }
}
