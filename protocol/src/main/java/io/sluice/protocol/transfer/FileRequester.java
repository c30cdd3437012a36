package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.PlacementOptions;
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
    private final FileStatus partialStatus = new FileStatus();

    FileRequester(Site site, Tools tools, Requests requests) {
        this.site = site;
        this.tree = site.tree();
        this.tools = tools;
        this.requests = requests;
        this.placement = site.options().placement();
        this.selection = site.options().selection();
    }

    /**
     * What the content is compared with.
     *
     * @param path null: nothing
     */
    private record Basis(byte @Nullable [] path, long size, int type) {
        static final Basis NONE = new Basis(null, 0, BasisType.FILE);
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
        if (item.exists() && !item.sameType()) {
            if (!tools.remover().makeRoom(Room.of(item), recurse, "regular file")) {
                return false;
            }
            item.setExists(false);
        }
        byte[] partial = findPartial(item);
        IOException failure = item.failure();
        if (failure != null && partial == null) {
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
            keep(item, partial);
            return false;
        }
        ask(item, partial, redo);
        return true;
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
                && ahead < site.options().update().modifyWindow()) {
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

    private byte @Nullable [] findPartial(Candidate item) throws IOException {
        if (!placement.delayUpdates() || site.target().missing()) {
            return null;
        }
        byte[] partial = PartialPaths.of(item.path());
        return tree.status(partial, partialStatus) && partialStatus.isRegular() ? partial : null;
    }

    private void keep(Candidate item, byte @Nullable [] partial) throws IOException {
        if (partial != null && !site.dryRun()) {
            tree.removeFile(partial);
            PartialPaths.removeDirectory(tree, item.path());
        }
        tools.itemizer().tell(item, item.status(), 0);
        TimeRule rule = site.options().update().checksum() ? TimeRule.EXACT : TimeRule.WINDOW;
        tools.keep(item, new Wanted(item.path(), null, item.entry(), item.mode(), rule));
    }

    private void ask(Candidate item, byte @Nullable [] partial, boolean redo) throws IOException {
        Basis basis = Basis.NONE;
        if (partial != null) {
            basis = new Basis(partial, partialStatus.size(), BasisType.PARTIAL_DIRECTORY);
        } else if (item.exists()) {
            basis = new Basis(item.path(), item.status().size(), BasisType.FILE);
        }
        boolean whole = placement.wholeFile() == Choice.YES || site.options().update().dryRun() || requests.isBatch();
        try (OpenFile file = whole ? null : open(basis)) {
            boolean unreadable = !whole && basis.path() != null && file == null;
            FileStatus present = item.exists() && !unreadable ? item.status() : null;
            sendItem(item, present, unreadable ? BasisType.FILE : basis.type());
            if (site.options().update().dryRun() || requests.isBatch()) {
                return;
            }
            if (file == null || basis.size() == 0) {
                requests.withoutBasis();
            } else {
                SumHead head = SumHead.forBasis(basis.size(), placement.blockSize(), site.session(), redo);
                requests.basis(file, head);
            }
        }
    }

    private void sendItem(Candidate item, @Nullable FileStatus present, int basisType) throws IOException {
        int base = ItemFlags.TRANSFER;
        if (site.options().update().checksum()) {
            base |= ItemFlags.REPORT_CHANGE;
        }
        if (basisType != BasisType.FILE) {
            base |= ItemFlags.BASIS_TYPE_FOLLOWS;
        }
        requests.item(item.index(), tools.itemizer().flags(item, present, base), basisType);
    }

    private @Nullable OpenFile open(Basis basis) {
        byte[] path = basis.path();
        if (path == null) {
            return null;
        }
        try {
            return tree.openForReading(path);
        } catch (IOException e) {
            boolean vanished = e instanceof SystemCallException call && call.errno() == Errno.ENOENT;
            if (!vanished) {
                site.notices()
                        .failureInPassing(
                                Text.of("failed to open ")
                                        .add(site.notices().quote(path))
                                        .add(", continuing"),
                                e);
            }
            return null;
        }
    }
}
