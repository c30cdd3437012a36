package io.sluice.protocol.filelist;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.filelist.SourceArgument.Kind;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the entries of what one source argument stands for. */
final class SourceScanner {
    private static final byte[] DOT = {'.'};

    private final SelectionOptions selection;
    private final boolean incremental;
    private final boolean sendsParents;
    private final FilterScope filters;
    private final ScanReport report;
    private final SourceTree.Pool trees;
    private final EntryScanner entries;
    private final ParentScanner parents;
    /** Of the argument. */
    private final FileStatus status = new FileStatus();

    private boolean rootImplied;
    private int lastEntered = -1;

    SourceScanner(ScanParts parts, ParentScanner parents, Session session, SelectionOptions selection) {
        this.selection = selection;
        this.incremental = session.incrementalRecursion();
        this.sendsParents = session.version().flagsContent() || selection.impliedDirs();
        this.filters = parts.filters();
        this.report = parts.report();
        this.trees = parts.trees();
        this.entries = parts.entries();
        this.parents = parents;
    }

    /**
     * Adds what an argument stands for: all of it, or with incremental recursion what belongs into the first segment.
     *
     * @param base what it is relative to; empty: the tree of the transfer
     * @throws io.sluice.protocol.TransferException with code 1 for {@code ..} in a path that would stand in the list
     */
    void scan(byte[] text, byte[] base) throws IOException {
        SourceArgument argument = SourceArgument.of(text, selection.relative());
        byte[] directory = argument.directoryBelow(base);
        SourceTree tree = open(directory, argument.path());
        if (tree == null) {
            return;
        }
        if (filters.standIn(directory)) {
            parents.forget();
        }
        if (selection.relative() && sendsParents && !rootImplied && SourceArgument.impliesRoot(text)) {
            rootImplied = true;
            entries.add(tree, DOT, Columns.IMPLIED, false);
        }
        byte[] path = argument.path();
        boolean missing = !readStatus(tree, argument);
        if (missing && selection.missingArgs() != SelectionOptions.MissingArgs.DELETE) {
            return;
        }
        if (!missing && isLeftOut(argument)) {
            return;
        }
        if (incremental && argument.hasParent()) {
            parents.await(tree, argument, missing);
            return;
        }
        if (sendsParents && argument.hasParent()) {
            parents.addAbove(tree, path);
        }
        if (missing) {
            entries.addMissing(tree, path);
        } else {
            entries.stayOn(status);
            addArgument(tree, argument);
        }
    }

    /** Whether names can be relative to {@code base}; if not, it is reported. */
    boolean canEnter(byte[] base) throws IOException {
        return open(base, Columns.NO_BYTES) != null;
    }

    /** Opens the tree that {@code path} is in; null if it cannot be opened, which is reported. */
    private @Nullable SourceTree open(byte[] directory, byte[] path) throws IOException {
        try {
            SourceTree tree = trees.of(directory, path);
            if (tree.number() != lastEntered && directory.length > 0) {
                entries.tellEntered(directory);
            }
            lastEntered = tree.number();
            return tree;
        } catch (SystemCallException e) {
            report.failed("change_dir", new SourceTree(-1, trees.whole(), directory, false), Columns.NO_BYTES, e);
            return null;
        }
    }

    /** Reads the argument's status; false if it is missing, which is reported if it has to be. */
    private boolean readStatus(SourceTree tree, SourceArgument argument) throws IOException {
        byte[] path = SourceTree.below(argument.path());
        try {
            boolean found = entries.links().argument(tree, argument.path(), argument.kind() != Kind.NORMAL, status);
            if (found && !filters.hiddenByDaemon(path, status.isDirectory())) {
                return true;
            }
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOENT) {
                report.failed("link_stat", tree, argument.path(), e);
                return false;
            }
        }
        if (selection.missingArgs() == SelectionOptions.MissingArgs.ERROR) {
            report.argumentMissing(tree, argument.path());
        }
        return false;
    }

    private boolean isLeftOut(SourceArgument argument) {
        boolean directory = status.isDirectory();
        if (argument.kind() != Kind.DOT_DIRECTORY && entries.isExcluded(argument.path(), directory)) {
            return true;
        }
        if (directory && !selection.directories() && !selection.recurse()) {
            report.skippingDirectory(argument.path());
            return true;
        }
        return false;
    }

    private void addArgument(SourceTree tree, SourceArgument argument) throws IOException {
        byte[] path = argument.path();
        if (status.isSymlink() && !followUnsafe(tree, path)) {
            return;
        }
        entries.tell(path, false);
        boolean entered = selection.recurse() || argument.kind() != Kind.NORMAL;
        if (!entered) {
            entries.addKnown(tree, path, status, 0, false);
            return;
        }
        int row = entries.addKnown(tree, path, status, Columns.TOP | Columns.CONTENT, argument.kind() != Kind.NORMAL);
        if (row < 0 || !status.isDirectory()) {
            return;
        }
        if (!incremental) {
            filters.enterOnTop(trees.whole(), SourceTree.below(path));
            scanTree(tree, path, true);
            filters.leave();
        } else if (argument.kind() == Kind.DOT_DIRECTORY) {
            filters.enter(trees.whole(), tree.directory(), SourceTree.below(path));
            entries.addContent(tree, path, true);
        }
    }

    private boolean followUnsafe(SourceTree tree, byte[] path) throws IOException {
        try {
            if (entries.links().followUnsafe(tree, path, status)) {
                return true;
            }
            entries.reportMissing(tree, path);
        } catch (SystemCallException e) {
            report.statusFailed(tree, path, e);
        }
        return false;
    }

    /** Adds the content of a directory, and with recursion that of the directories in it. */
    private void scanTree(SourceTree tree, byte[] path, boolean named) throws IOException {
        ColumnsBuilder rows = entries.rows;
        int start = rows.rows;
        entries.addContent(tree, path, named);
        int end = rows.rows;
        report.progress(end);
        if (!selection.recurse()) {
            return;
        }
        for (int row = start; row < end; row++) {
            if (Modes.isDirectory(rows.modes[row]) && (rows.flags[row] & Columns.MOUNT_POINT) == 0) {
                filters.enterOnTop(trees.whole(), SourceTree.below(rows.path(row)));
                scanTree(tree, rows.path(row), false);
                filters.leave();
            }
        }
    }
}
