package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.transfer.AttributeSetter.TimeRule;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decides whether a regular file needs new content, and if so asks for it with the sums of what is here. Used by the generator. */
final class FileRequester {
    private final Site site;
    private final FileTree tree;
    private final Tools tools;
    private final Requests requests;
    private final PlacementOptions placement;
    private final SelectionOptions selection;
    private final @Nullable PartialFiles partials;
    private final AlternateFiles alternates;
    private final FuzzySearch fuzzy;
    private final GeneratorTrace trace;
    private final FileStatus partialStatus = new FileStatus();

    FileRequester(Site site, Tools tools, Requests requests) {
        this.site = site;
        this.tree = site.tree();
        this.tools = tools;
        this.requests = requests;
        this.placement = site.options().placement();
        this.selection = site.options().selection();
        this.partials = PartialFiles.of(site);
        this.alternates = new AlternateFiles(site, tools);
        this.trace = new GeneratorTrace(site);
        this.fuzzy = new FuzzySearch(site, trace);
    }

    /**
     * What the content is compared with.
     *
     * @param place null: nothing
     * @param name travels with a type from {@link BasisType#FUZZY} on
     */
    private record Basis(@Nullable TreePath place, long size, int type, byte[] name) {
        static final Basis NONE = new Basis(null, 0, BasisType.FILE, new byte[0]);

        Basis(TreePath place, long size, int type) {
            this(place, size, type, new byte[0]);
        }

        /** The same, with a copy of it as what the receiver reads. */
        Basis asBackup() {
            return new Basis(place, size, BasisType.BACKUP, name);
        }
    }

    /**
     * Asks for the file's content if it is needed.
     *
     * @param redo it was asked for before, and what came was wrong: options that leave files out do not count
     * @return whether it was asked for
     */
    boolean request(Candidate item, boolean recurse, boolean redo) throws IOException {
        if (!redo && isLeftOut(item)) {
            return false;
        }
        if (placement.writeDevices() && item.exists() && item.status().isDevice()) {
            measure(item);
        } else if (item.exists() && !item.sameType()) {
            if (!tools.remover().makeRoom(Room.forFile(item, site.privileges()), recurse, "regular file")) {
                return false;
            }
            item.setExists(false);
        }
        AlternateFiles.Use use = alternates.use(item);
        if (isSettled(item, use)) {
            tools.receipts().arrived(item.index(), item.path());
            return false;
        }
        FileStatus present = use == AlternateFiles.Use.BASIS ? tools.bases().status() : presentStatus(item);
        Basis basis = choose(item, use, present != null);
        if (basis.place() == null && tools.links().holdsBack()) {
            return false;
        }
        IOException failure = item.failure();
        if (failure != null && basis.place() == null) {
            site.notices()
                    .fileFailure(
                            Text.of("recv_generator: failed to stat ")
                                    .add(site.notices().quote(item.path())),
                            failure);
            return false;
        }
        boolean upToDate =
                item.exists() && !redo && tools.quickCheck().isUpToDate(item.entry(), item.path(), item.status());
        if (upToDate) {
            keep(item, basis);
            return false;
        }
        if (appends(redo)
                && basis.place() != null
                && sizeBesidePartial(basis, present) >= item.entry().size()) {
            return false;
        }
        return ask(item, basis, present, redo);
    }

    private boolean isSettled(Candidate item, AlternateFiles.Use use) throws IOException {
        switch (use) {
            case COPIED -> tools.links().made(item.path());
            case LINKED -> tools.links().made(item, tools.bases());
            case LEFT_OUT -> tools.links().leftOut();
            case NOTHING, BASIS -> {
                return false;
            }
        }
        return true;
    }

    private boolean appends(boolean redo) {
        return placement.append() != Append.NO && !redo;
    }

    private static long sizeBesidePartial(Basis basis, @Nullable FileStatus present) {
        return basis.type() == BasisType.PARTIAL_DIRECTORY ? present == null ? -1 : present.size() : basis.size();
    }

    private static @Nullable FileStatus presentStatus(Candidate item) {
        return item.exists() ? item.status() : null;
    }

    /** A partial file comes before all others; only where nothing is here a file counts that had another name, or has a similar one. */
    private Basis choose(Candidate item, AlternateFiles.Use use, boolean present) throws IOException {
        if (partials != null && !site.target().missing()) {
            TreePath partial = partials.find(item.path(), partialStatus);
            if (partial != null) {
                return new Basis(partial, partialStatus.size(), BasisType.PARTIAL_DIRECTORY);
            }
        }
        if (use == AlternateFiles.Use.BASIS) {
            BasisSearch found = tools.bases();
            return new Basis(found.place(item), found.status().size(), found.number());
        }
        if (present) {
            return new Basis(new TreePath(tree, item.path()), item.status().size(), BasisType.FILE);
        }
        RenamedFiles.Found renamed = tools.renamed().find(item);
        if (renamed != null) {
            return new Basis(new TreePath(tree, renamed.path()), renamed.size(), BasisType.FILE);
        }
        FuzzySearch.Similar similar = fuzzy.find(item.entry(), item.path());
        if (similar == null) {
            return Basis.NONE;
        }
        trace.similar(item.path(), similar.place().path());
        return new Basis(similar.place(), similar.size(), similar.basisType(), similar.name());
    }

    /** {@code --write-devices}: content goes into a device that is here. */
    private void measure(Candidate item) {
        FileStatus device = item.status();
        if (device.size() > 0) {
            return;
        }
        try (OpenFile file = tree.openForReading(item.path())) {
            device.pretendContent(file.deviceSize(), device.mtimeSeconds());
        } catch (IOException e) {
            site.notices().failureInPassing(site.notices().failed("open", item.path()), e);
        }
    }

    private boolean isLeftOut(Candidate item) {
        FileEntry entry = item.entry();
        byte[] shown = entry.path();
        if (selection.maxSize().isPresent()
                && entry.size() > selection.maxSize().getAsLong()) {
            return skip(shown, " is over max-size");
        }
        if (selection.minSize().isPresent()
                && entry.size() < selection.minSize().getAsLong()) {
            return skip(shown, " is under min-size");
        }
        long ahead = item.exists() ? entry.modificationTime() - item.status().mtimeSeconds() : Long.MAX_VALUE;
        if (site.options().update().newerOnly()
                && item.sameType()
                && ahead < site.options().update().window()) {
            return skip(item.path(), " is newer");
        }
        return false;
    }

    private boolean skip(byte[] path, String why) {
        if (site.verbosity().skips() > 0) {
            site.notices().info(new Text().add(path).add(why));
        }
        return true;
    }

    private void keep(Candidate item, Basis basis) throws IOException {
        if (basis.type() == BasisType.PARTIAL_DIRECTORY && partials != null && !site.dryRun()) {
            partials.of(item.path()).remove();
            partials.removeDirectory(item.path());
        }
        tools.itemizer().tell(item, item.status(), 0);
        TimeRule rule = site.options().update().checksum() ? TimeRule.EXACT : TimeRule.WINDOW;
        tools.keep(item, new Wanted(item.path(), null, item.entry(), item.mode(), rule));
        tools.links().made(item.path());
        tools.receipts().arrived(item.index(), item.path());
    }

    private boolean ask(Candidate item, Basis chosen, @Nullable FileStatus present, boolean redo) throws IOException {
        Basis basis = chosen;
        boolean whole = (placement.wholeFile() == Choice.YES && placement.append() == Append.NO)
                || site.options().update().dryRun()
                || requests.isBatch();
        boolean kept = placement.inplace()
                && tools.backup().isEnabled()
                && !redo
                && !site.dryRun()
                && basis.type() == BasisType.FILE
                && basis.place() != null;
        if (!whole) {
            fuzzy.changing(item.path());
        }
        try (OpenFile file = whole ? null : open(basis)) {
            boolean unreadable = !whole && basis.place() != null && file == null;
            if (unreadable && tools.links().holdsBack()) {
                return false;
            }
            if (kept && !unreadable) {
                if (!tools.backup().copyBeforeUpdate(item.path(), item.status())) {
                    return false;
                }
                basis = whole ? basis : basis.asBackup();
            }
            TreePath read = basis.place();
            if (file != null && read != null) {
                trace.summing(item.index(), read.path(), basis.size());
            }
            sendItem(item, unreadable ? null : present, unreadable ? Basis.NONE : basis);
            if (site.options().update().dryRun()) {
                tools.links().made(item.path());
                return true;
            }
            tools.links().asked();
            if (requests.isBatch()) {
                return true;
            }
            if (file == null || basis.size() == 0) {
                requests.withoutBasis();
                return true;
            }
            SumHead head = SumHead.forBasis(basis.size(), placement.blockSize(), site.session(), redo);
            trace.head(head);
            if (appends(redo)) {
                requests.appending(head);
            } else {
                requests.basis(file, head, (block, sum) -> trace.block(head, block, sum));
            }
        }
        return true;
    }

    private void sendItem(Candidate item, @Nullable FileStatus present, Basis basis) throws IOException {
        int base = ItemFlags.TRANSFER;
        if (site.options().update().checksum()) {
            base |= ItemFlags.REPORT_CHANGE;
        }
        if (basis.type() != BasisType.FILE) {
            base |= ItemFlags.BASIS_TYPE_FOLLOWS;
        }
        if (basis.type() >= BasisType.FUZZY) {
            base |= ItemFlags.XNAME_FOLLOWS;
        }
        boolean elsewhere = present != null && present == tools.bases().status();
        int flags = elsewhere
                ? tools.itemizer().flags(item, tools.bases().place(item), present, base)
                : tools.itemizer().flags(item, present, base);
        tools.itemizer().send(item, flags, basis.type(), basis.name());
    }

    private @Nullable OpenFile open(Basis basis) {
        TreePath place = basis.place();
        if (place == null) {
            return null;
        }
        try {
            return place.openForReading();
        } catch (IOException e) {
            boolean vanished = e instanceof SystemCallException call && call.errno() == Errno.ENOENT;
            if (!vanished) {
                site.notices()
                        .failureInPassing(
                                Text.of("failed to open ")
                                        .add(site.notices().quote(place.path()))
                                        .add(", continuing"),
                                e);
            }
            return null;
        }
    }
}
