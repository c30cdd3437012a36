package io.sluice.protocol.filelist;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.ImpliedDirectories.Waiting;
import io.sluice.protocol.filelist.SourceArgument.Kind;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sender's walk: makes entries from files. Errors of single files become notices and the error bits of {@link #ioError}; the list goes on.
 *
 * <p>The file is long because the four ways into a list (arguments, implied parents, whole trees, single directories) share the walk's state.
 */
public final class FileListScanner implements AutoCloseable {
    /** Bit of {@link #ioError}: something could not be read. */
    public static final int IO_ERROR_GENERAL = 1;
    /** Bit of {@link #ioError}: something vanished. */
    public static final int IO_ERROR_VANISHED = 2;

    private static final byte[] DOT = {'.'};
    private static final int NO_ROW = -2;

    private final SelectionOptions selection;
    private final boolean incremental;
    private final boolean sendsParents;
    private final FilterScope filters;
    private final TransferListener listener;
    private final ScanReport report;
    private final SourceTree.Pool trees;
    private final EntryScanner entries;
    private final ImpliedDirectories implied = new ImpliedDirectories();
    /** Of the argument. */
    private final FileStatus status = new FileStatus();

    private final FileStatus parentStatus = new FileStatus();
    /** The flags of directories below an argument. */
    private final int below;
    /** Arguments are a client's and cannot leave the tree; else they are the user's, who may trust all links too. */
    private final boolean isModule;

    private boolean rootImplied;
    private final ParentSteps parents = new ParentSteps();
    /** The depths of the parents that are entered. */
    private final List<Integer> standing = new ArrayList<>();

    private int lastEntered = -1;

    /** Shows paths in messages as they were named. */
    public FileListScanner(
            FileTree tree, Session session, TransferOptions options, FilterScope filters, TransferListener listener) {
        this(tree, session, options, filters, listener, SourceLabel.AS_NAMED);
    }

    /**
     * As above; {@code label} says how messages show paths. Six parameters, as they are what a walk has to do with.
     *
     * @param tree stays the caller's
     */
    public FileListScanner(
            FileTree tree,
            Session session,
            TransferOptions options,
            FilterScope filters,
            TransferListener listener,
            SourceLabel label) {
        this.selection = options.selection();
        this.incremental = session.incrementalRecursion();
        this.sendsParents = session.version().flagsContent() || selection.impliedDirs();
        this.filters = filters;
        this.listener = listener;
        this.report = new ScanReport(listener, label);
        this.entries = new EntryScanner(session, options, filters, report);
        this.trees = new SourceTree.Pool(tree, entries.links().followsAny());
        boolean trusting = tree.policy() == TreePolicy.FREE
                && options.preservation().symlinks().insecure();
        this.isModule = tree.policy() != TreePolicy.OPERATOR && !trusting;
        this.below = selection.recurse() ? Columns.CONTENT : 0;
    }

    /** From now on {@code witness} hears of entries. */
    public void reportTo(ScanWitness witness) {
        entries.reportTo(witness);
    }

    /** From now on {@code witness} hears of files with several names. */
    public void reportTo(LinkWitness witness) {
        entries.reportTo(witness);
    }

    /**
     * Scans the source arguments (each relative to the tree; trailing-slash rule, {@code /./} of {@code --relative}), and the whole of them unless
     * recursion is incremental.
     *
     * @param list where directories are numbered; the caller adds the segment returned
     * @throws io.sluice.protocol.TransferException with code 1 for {@code ..} in a path that would stand in the list
     */
    public Segment scanArguments(FileList list, List<byte[]> sources) throws IOException {
        for (byte[] source : sources) {
            scanArgument(isModule ? SourceArgument.confined(source) : source, Columns.NO_BYTES);
        }
        return seal(list, -1);
    }

    /**
     * Scans the names of a {@code --files-from} list, relative to {@code base}; none leads out of it.
     *
     * @throws io.sluice.protocol.TransferException with code 3 if {@code base} cannot be entered
     */
    public Segment scanNames(FileList list, byte[] base, Iterable<byte[]> names) throws IOException {
        byte[] cleaned = SourceArgument.cleaned(isModule ? SourceArgument.confined(base) : base);
        byte[] start = isDot(cleaned) ? Columns.NO_BYTES : cleaned;
        if (openTree(start, Columns.NO_BYTES) == null) {
            throw new TransferException(ExitCode.FILE_SELECT, ""); // it has been told why
        }
        for (byte[] name : names) {
            scanArgument(SourceArgument.confined(name), start);
        }
        return seal(list, -1);
    }

    /**
     * Scans the content of directory {@code number} (incremental recursion), and of the directories of the same name that follow it in the list.
     */
    public Segment scanDirectory(FileList list, int number) throws IOException {
        BitSet listed = new BitSet();
        FileEntry directory = list.directory(number);
        int next = number;
        do {
            boolean again = listed.get(directory.source());
            scanOneDirectory(directory, next, directory.hasContent() && !again);
            listed.set(directory.source(), again || directory.hasContent());
            next++;
            directory = next < list.directories() ? list.directory(next) : directory;
        } while (next < list.directories() && directory.isDuplicate());
        return seal(list, number);
    }

    /** The tree that {@link FileEntry#path} of entries with this {@link FileEntry#source} is relative to. It stays this scanner's. */
    public FileTree source(int number) {
        return trees.get(number).tree();
    }

    /** Opens {@link #source} for another thread, and confined to itself unless links may lead anywhere; the caller closes it. */
    public FileTree sourceForRemoval(int number) throws IOException {
        FileTree source = source(number);
        return trees.whole().policy() == TreePolicy.FREE ? source.view() : source.confined();
    }

    /** Opens the content of a file that is in the list. */
    public OpenFile open(FileEntry entry) throws IOException {
        return entries.links().open(trees.get(entry.source()), entry.path());
    }

    /** The directory part of the source argument that {@link FileEntry#path} of entries with this {@link FileEntry#source} leaves out; empty if none. */
    public byte[] sourceDirectory(int number) {
        return trees.get(number).directory();
    }

    /** Whether the argument that entries with this {@link FileEntry#source} are from began at the root directory ({@code --relative}). */
    public boolean isAbsolute(int number) {
        return trees.get(number).absolute();
    }

    /** What went wrong so far, as bits that travel to the receiver; reading clears nothing. */
    public int ioError() {
        return report.ioError();
    }

    /** Closes the trees of {@link #source}. */
    @Override
    public void close() throws IOException {
        trees.close();
    }

    private Segment seal(FileList list, int directory) {
        Columns columns = entries.rows.seal();
        var order = new RowOrder(columns);
        int[] sorted = order.sort();
        order.markDuplicates(sorted, false);
        Segment segment = new Segment(list.place(directory), columns, sorted, entries.numbersAsSent());
        implied.settle(segment);
        return segment;
    }

    private void scanArgument(byte[] text, byte[] base) throws IOException {
        SourceArgument argument = SourceArgument.of(text, selection.relative());
        byte[] directory = join(/* directory= */ base, /* name= */ argument.directory());
        SourceTree tree = openTree(directory, argument.path());
        if (tree == null) {
            return;
        }
        if (filters.standIn(directory)) {
            parents.forget();
            standing.clear();
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
        int firstSlash = indexOfSlash(path, 1);
        if (incremental && firstSlash > 0) {
            var waiting = new Waiting(tail(path, firstSlash), argument.kind(), missing);
            awaitParent(tree, Arrays.copyOf(path, firstSlash), waiting);
            return;
        }
        if (firstSlash > 0) {
            addParents(tree, path);
        }
        if (missing) {
            entries.addMissing(tree, path);
        } else {
            entries.stayOn(status);
            addArgument(tree, argument);
        }
    }

    /** Opens the tree that {@code path} is in; null if it cannot be opened, which is reported. */
    private @Nullable SourceTree openTree(byte[] directory, byte[] path) throws IOException {
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
            entries.addContent(tree, path, below, true);
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
        entries.addContent(tree, path, below, named);
        int end = rows.rows;
        listener.fileListProgress(end);
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

    private void scanOneDirectory(FileEntry directory, int number, boolean listing) throws IOException {
        SourceTree tree = trees.get(directory.source());
        byte[] path = directory.wirePath();
        filters.enter(trees.whole(), tree.directory(), SourceTree.below(path));
        if (listing && entries.stayOn(tree, path)) {
            entries.addContent(tree, path, below, directory.isTopDirectory());
        }
        for (Waiting waiting : implied.take(number)) {
            addWaiting(tree, path, waiting);
        }
    }

    /** Adds the next component of an argument that waits in {@code directory}. */
    private void addWaiting(SourceTree tree, byte[] directory, Waiting waiting) throws IOException {
        int slash = indexOfSlash(waiting.rest(), 0);
        if (slash > 0) {
            byte[] parent = join(directory, Arrays.copyOf(waiting.rest(), slash));
            awaitParent(tree, parent, new Waiting(tail(waiting.rest(), slash), waiting.kind(), waiting.missing()));
            return;
        }
        byte[] path = join(directory, waiting.rest());
        if (waiting.missing()) {
            entries.addMissing(tree, path);
        } else {
            entries.add(tree, path, Columns.TOP | Columns.CONTENT, waiting.kind() != Kind.NORMAL);
        }
    }

    /** Adds {@code parent} unless the argument before this one did, and lets the rest of the argument wait there. */
    private void awaitParent(SourceTree tree, byte[] parent, Waiting waiting) throws IOException {
        int row = implied.rowOf(tree.number(), parent);
        if (row == -1) {
            row = addImplied(tree, parent);
            boolean directory = row >= 0 && Modes.isDirectory(entries.rows.modes[row]);
            row = directory ? row : NO_ROW;
            implied.added(tree.number(), parent, row);
        }
        if (row != NO_ROW) {
            implied.await(row, waiting);
        }
    }

    /** Adds and enters the parents of {@code path} that the argument before it did not have (recursion is not incremental). */
    private void addParents(SourceTree tree, byte[] path) throws IOException {
        if (!sendsParents) {
            return;
        }
        int end = path.length - 1;
        while (path[end] != '/') {
            end--;
        }
        for (ParentSteps.Step step : parents.to(Arrays.copyOf(path, end))) {
            addImplied(tree, step.directory());
            while (!standing.isEmpty() && standing.getLast() >= step.depth()) {
                standing.removeLast();
                filters.leave();
            }
            filters.enterOnTop(trees.whole(), SourceTree.below(step.directory()));
            standing.add(step.depth());
        }
    }

    /** Adds a parent as what it leads to, whatever the user's rules say; the row, or -1. */
    private int addImplied(SourceTree tree, byte[] path) throws IOException {
        byte[] belowTree = SourceTree.below(path);
        try {
            if (!tree.tree().statusFollowing(belowTree, parentStatus)) {
                entries.reportMissing(tree, path);
                return -1;
            }
        } catch (SystemCallException e) {
            report.statusFailed(tree, path, e);
            return -1;
        }
        if (filters.hiddenByDaemon(belowTree, parentStatus.isDirectory())) {
            return -1;
        }
        entries.tell(path, true);
        return entries.addKnown(tree, path, parentStatus, Columns.IMPLIED, true);
    }

    private static boolean isDot(byte[] path) {
        return path.length == 1 && path[0] == '.';
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
        if (directory.length == 0 || name.length == 0 || name[0] == '/') {
            return name.length == 0 ? directory : name;
        }
        byte[] joined = Arrays.copyOf(directory, directory.length + 1 + name.length);
        joined[directory.length] = '/';
        System.arraycopy(name, 0, joined, directory.length + 1, name.length);
        return joined;
    }
}
