package io.sluice.protocol.filelist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code --prune-empty-dirs}: marks the directories of a whole sorted list that hold nothing but directories, as if they were not in it. The root stays,
 * and so does what the caller keeps, with its parents.
 */
final class EmptyDirectories {
    private final Columns columns;
    private final Predicate<byte[]> kept;
    /** The directories that the current row is in, outermost first; no row has needed them yet. */
    private final List<Unneeded> open = new ArrayList<>();

    private record Unneeded(int row, byte[] path) {
        boolean holds(byte[] other) {
            return other.length > path.length
                    && other[path.length] == '/'
                    && Arrays.equals(path, 0, path.length, other, 0, path.length);
        }
    }

    /** @param kept whether a directory stays though it is empty */
    EmptyDirectories(Columns columns, Predicate<byte[]> kept) {
        this.columns = columns;
        this.kept = kept;
    }

    /** Marks rows; {@code order} is sorted, duplicates are marked already. */
    void mark(int[] order) {
        for (int row : order) {
            if ((columns.flags[row] & Columns.DUPLICATE) == 0) {
                visit(row, columns.path(row));
            }
        }
        closeFrom(0);
    }

    private void visit(int row, byte[] path) {
        int holding = 0;
        while (holding < open.size() && open.get(holding).holds(path)) {
            holding++;
        }
        closeFrom(holding);
        boolean candidate = columns.isDirectory(row) && !columns.isDot(row) && !kept.test(path);
        if (candidate) {
            open.add(new Unneeded(row, path));
        } else {
            open.clear();
        }
    }

    private void closeFrom(int first) {
        List<Unneeded> closed = open.subList(first, open.size());
        for (Unneeded directory : closed) {
            columns.flags[directory.row] |= Columns.DUPLICATE;
        }
        closed.clear();
    }
}
