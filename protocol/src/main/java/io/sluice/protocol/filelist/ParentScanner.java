package io.sluice.protocol.filelist;

import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.filelist.ImpliedDirectories.Waiting;
import io.sluice.protocol.filelist.SourceArgument.Kind;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the entries of an argument's parents ({@code --relative}). Without incremental recursion all of them stand before it; with it, each comes with the
 * content of the one above it, and the argument with that of the last.
 */
final class ParentScanner {
    private static final int NO_ROW = -2;

    private final EntryScanner entries;
    private final FilterScope filters;
    private final ScanReport report;
    private final FileTree whole;
    private final ImpliedDirectories implied = new ImpliedDirectories();
    private final ParentSteps steps = new ParentSteps();
    /** The depths of the parents that are entered. */
    private final List<Integer> standing = new ArrayList<>();

    private final FileStatus status = new FileStatus();

    ParentScanner(ScanParts parts) {
        this.entries = parts.entries();
        this.filters = parts.filters();
        this.report = parts.report();
        this.whole = parts.trees().whole();
    }

    /** Arguments are relative to something else from now on. */
    void forget() {
        steps.forget();
        standing.clear();
    }

    /** Adds and enters the parents of {@code path} that the argument before it did not have (recursion is not incremental). */
    void addAbove(SourceTree tree, byte[] path) throws IOException {
        int end = path.length - 1;
        while (path[end] != '/') {
            end--;
        }
        for (ParentSteps.Step step : steps.to(Arrays.copyOf(path, end))) {
            add(tree, step.directory());
            while (!standing.isEmpty() && standing.getLast() >= step.depth()) {
                standing.removeLast();
                filters.leave();
            }
            filters.enterOnTop(whole, SourceTree.below(step.directory()));
            standing.add(step.depth());
        }
    }

    /** Adds the first parent of an argument, which waits there with all others (recursion is incremental). */
    void await(SourceTree tree, SourceArgument argument, boolean missing) throws IOException {
        byte[] path = argument.path();
        int slash = indexOfSlash(path, 1);
        await(tree, Arrays.copyOf(path, slash), new Waiting(tail(path, slash), argument.kind(), missing));
    }

    /** Adds {@code parent} unless the argument before this one did, and lets the rest of the argument wait there. */
    private void await(SourceTree tree, byte[] parent, Waiting waiting) throws IOException {
        int row = implied.rowOf(tree.number(), parent);
        if (row == -1) {
            row = add(tree, parent);
            boolean directory = row >= 0 && Modes.isDirectory(entries.rows.modes[row]);
            row = directory ? row : NO_ROW;
            implied.added(tree.number(), parent, row);
        }
        if (row != NO_ROW) {
            implied.await(row, waiting);
        }
    }

    /** Adds what waits in directory {@code number} of the list, {@code path}. */
    void addWaiting(SourceTree tree, byte[] path, int number) throws IOException {
        for (Waiting waiting : implied.take(number)) {
            addWaiting(tree, path, waiting);
        }
    }

    /** Adds the next component of an argument that waits in {@code directory}. */
    private void addWaiting(SourceTree tree, byte[] directory, Waiting waiting) throws IOException {
        int slash = indexOfSlash(waiting.rest(), 0);
        if (slash > 0) {
            byte[] parent = join(directory, Arrays.copyOf(waiting.rest(), slash));
            await(tree, parent, new Waiting(tail(waiting.rest(), slash), waiting.kind(), waiting.missing()));
            return;
        }
        byte[] path = join(directory, waiting.rest());
        if (waiting.missing()) {
            entries.addMissing(tree, path);
        } else {
            entries.add(tree, path, Columns.TOP | Columns.CONTENT, waiting.kind() != Kind.NORMAL);
        }
    }

    /** The segment with the rows is made: what waits, waits for its directories from now on. */
    void settle(Segment segment) {
        implied.settle(segment);
    }

    /** Adds a parent as what it leads to, whatever the user's rules say; the row, or -1. */
    private int add(SourceTree tree, byte[] path) throws IOException {
        byte[] belowTree = SourceTree.below(path);
        try {
            if (!tree.tree().statusFollowing(belowTree, status)) {
                entries.reportMissing(tree, path);
                return -1;
            }
        } catch (SystemCallException e) {
            report.statusFailed(tree, path, e);
            return -1;
        }
        if (filters.hiddenByDaemon(belowTree, status.isDirectory())) {
            return -1;
        }
        entries.tell(path, true);
        return entries.addKnown(tree, path, status, Columns.IMPLIED, true);
    }

    private static int indexOfSlash(byte[] path, int from) {
        for (int i = from; i < path.length; i++) {
            if (path[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] tail(byte[] path, int slash) {
        return Arrays.copyOfRange(path, slash + 1, path.length);
    }

    private static byte[] join(byte[] directory, byte[] name) {
        byte[] joined = Arrays.copyOf(directory, directory.length + 1 + name.length);
        joined[directory.length] = '/';
        System.arraycopy(name, 0, joined, directory.length + 1, name.length);
        return joined;
    }
}
