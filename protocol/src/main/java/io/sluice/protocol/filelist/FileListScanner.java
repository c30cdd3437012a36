package io.sluice.protocol.filelist;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * The sender's walk: makes entries from files. Errors of single files become notices and the error bits of {@link #ioError}; the list goes on.
 */
public final class FileListScanner implements AutoCloseable {
    /** Bit of {@link #ioError}: something could not be read. */
    public static final int IO_ERROR_GENERAL = 1;
    /** Bit of {@link #ioError}: something vanished. */
    public static final int IO_ERROR_VANISHED = 2;

    private final FilterScope filters;
    private final ScanReport report;
    private final SourceTree.Pool trees;
    private final EntryScanner entries;
    private final ParentScanner parents;
    private final SourceScanner sources;
    /** Arguments are a client's and cannot leave the tree; else they are the user's, who may trust all links too. */
    private final boolean isModule;

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
        this.filters = filters;
        this.report = new ScanReport(listener, label);
        this.entries = new EntryScanner(session, options, filters, report);
        this.trees = new SourceTree.Pool(tree, entries.links().followsAny());
        ScanParts parts = new ScanParts(filters, report, trees, entries);
        this.parents = new ParentScanner(parts);
        this.sources = new SourceScanner(parts, parents, session, options.selection());
        boolean trusting = tree.policy() == TreePolicy.FREE
                && options.preservation().symlinks().insecure();
        this.isModule = tree.policy() != TreePolicy.OPERATOR && !trusting;
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
    public Segment scanArguments(FileList list, List<byte[]> arguments) throws IOException {
        for (byte[] argument : arguments) {
            sources.scan(isModule ? SourceArgument.confined(argument) : argument, Columns.NO_BYTES);
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
        byte[] start = SourceArgument.isDot(cleaned) ? Columns.NO_BYTES : cleaned;
        if (!sources.canEnter(start)) {
            throw new TransferException(ExitCode.FILE_SELECT, ""); // it has been told why
        }
        for (byte[] name : names) {
            sources.scan(SourceArgument.confined(name), start);
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
        parents.settle(segment);
        return segment;
    }

    private void scanOneDirectory(FileEntry directory, int number, boolean listing) throws IOException {
        SourceTree tree = trees.get(directory.source());
        byte[] path = directory.wirePath();
        filters.enter(trees.whole(), tree.directory(), SourceTree.below(path));
        if (listing && entries.stayOn(tree, path)) {
            entries.addContent(tree, path, directory.isTopDirectory());
        }
        parents.addWaiting(tree, path, number);
    }
}
