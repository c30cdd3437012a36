package io.sluice.protocol.filelist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * With {@code --relative} and incremental recursion: the arguments that wait in the directory they lie in. {@code a/b/c} puts {@code a} into the first
 * segment; {@code b} comes with the content of {@code a}, and {@code c} with that of {@code b}.
 */
final class ImpliedDirectories {
    /**
     * An argument, or what is left of it.
     *
     * @param rest its path from the directory on that it waits in
     */
    record Waiting(byte[] rest, SourceArgument.Kind kind, boolean missing) {}

    private final Map<Integer, List<Waiting>> byDirectory = new HashMap<>();
    private final Map<Integer, List<Waiting>> byRow = new HashMap<>();
    private int lastSource = -1;
    private byte[] lastPath = {};
    private int lastRow;

    /** The row of directory {@code path} if the argument before this one needed it too, else -1 (or -2 if it could not be added). */
    int rowOf(int source, byte[] path) {
        return source == lastSource && Arrays.equals(path, lastPath) ? lastRow : -1;
    }

    /** Notes the row of directory {@code path}; -2 if there is none. */
    void added(int source, byte[] path, int row) {
        lastSource = source;
        lastPath = path;
        lastRow = row;
    }

    void await(int row, Waiting waiting) {
        byRow.computeIfAbsent(row, key -> new ArrayList<>()).add(waiting);
    }

    /** The segment with the rows is made: what waits, waits for its directories from now on. */
    void settle(Segment segment) {
        int[] positions = segment.directoryPositions();
        for (int i = 0; i < positions.length && !byRow.isEmpty(); i++) {
            List<Waiting> waiting = byRow.remove(segment.row(positions[i]));
            if (waiting != null) {
                byDirectory.put(segment.firstDirectory() + i, waiting);
            }
        }
        byRow.clear();
        lastSource = -1;
    }

    /** Hands over what waits in a directory. */
    List<Waiting> take(int directory) {
        List<Waiting> waiting = byDirectory.remove(directory);
        return waiting == null ? List.of() : waiting;
    }
}
