package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of where a benchmark makes its trees, and where it leaves its table besides printing it. */
final class Places {
    @Option(names = "--directory", paramLabel = "DIR", description = "where to make the trees (/dev/shm)")
    private Path directory = Path.of("/dev/shm");

    @Option(names = "--tsv", paramLabel = "FILE", description = "also write the table to a file, with tabs")
    private @Nullable Path tsv;

    @Option(names = "--json", paramLabel = "FILE", description = "also write the table to a file, as JSON")
    private @Nullable Path json;

    /** A place for trees, of its own. */
    Workspace makeWorkspace() throws IOException {
        return Workspace.create(directory);
    }

    /** Writes a table to the files that are wanted. */
    void write(Table table) throws IOException {
        if (tsv != null) {
            Files.writeString(tsv, table.tsv());
        }
        if (json != null) {
            Files.writeString(json, table.json());
        }
    }
}
