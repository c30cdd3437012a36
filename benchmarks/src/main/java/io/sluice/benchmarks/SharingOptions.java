package io.sluice.benchmarks;

import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code benchmarks/sharing}. */
@Command(
        name = "sharing",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Pushes new text files to many daemons at once, and prints what that takes of time and of this"
                + " process's processor time, when each session works for itself and when they share.")
final class SharingOptions {
    @Option(
            names = "--replicas",
            paramLabel = "N",
            split = ",",
            description = "how many daemons; several may be given (3,10)")
    private List<Integer> replicas = new ArrayList<>(List.of(3, 10));

    @Option(names = "--files", paramLabel = "N", description = "how many files (200)")
    private int files = 200;

    @Option(names = "--bytes", paramLabel = "N", description = "the size of each (1000000)")
    private int bytes = 1_000_000;

    @Option(names = "--tree", paramLabel = "DIR", description = "a tree to push instead")
    private @Nullable Path tree;

    @Option(names = "--compression", paramLabel = "NAME", split = ",", description = "codecs (ZSTD,ZLIBX)")
    private List<CompressionType> compression = new ArrayList<>(List.of(CompressionType.ZSTD, CompressionType.ZLIBX));

    @Option(names = "--checksum", paramLabel = "NAME", description = "the sum of each file (XXH128)")
    private ChecksumType checksum = ChecksumType.XXH128;

    @Option(names = "--rounds", paramLabel = "N", description = "how often, after one that does not count (3)")
    private int rounds = 3;

    @Option(names = "--daemon", paramLabel = "NAME", description = "what the replicas run: OURS or RSYNC (RSYNC)")
    private Program daemon = Program.RSYNC;

    @Option(names = "--directory", paramLabel = "DIR", description = "where to make the trees (/dev/shm)")
    private Path directory = Path.of("/dev/shm");

    /** @throws IllegalArgumentException if a number makes no sense */
    void check() {
        if (files < 1 || bytes < 1 || rounds < 1 || replicas.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("--replicas, --files, --bytes, --rounds (expected: > 0)");
        }
    }

    List<Integer> replicas() {
        return List.copyOf(replicas);
    }

    List<CompressionType> compressions() {
        return List.copyOf(compression);
    }

    @Nullable
    Path tree() {
        return tree;
    }

    int files() {
        return files;
    }

    int bytes() {
        return bytes;
    }

    int rounds() {
        return rounds;
    }

    Program daemon() {
        return daemon;
    }

    Path directory() {
        return directory;
    }

    /** As {@code -rt} and the choice of codec and sum would be. */
    TransferOptions transfer(CompressionType codec) {
        return TransferOptions.DEFAULT.edit(draft -> {
            draft.recurse = true;
            draft.times = true;
            draft.compress = codec != CompressionType.NONE;
            draft.compressChoice = draft.compress ? List.of(codec) : List.of();
            draft.checksumChoice = List.of(checksum);
        });
    }
}
