package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.FileTimes;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.transfer.AttributeSetter.TimeRule;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Receives one file after the other and puts it in its place with its attributes. The receiver's part that knows no phases. */
final class FileReceiver {
    private final Site site;
    private final FileTree tree;
    private final PlacementOptions placement;
    private final Notices notices;
    private final TransferListener listener;
    private final AttributeSetter attributes;
    private final Modes modes;
    private final ContentReceiver content;
    private final DelayedUpdates delayed;
    private final @Nullable PartialFiles partials;
    private final Backup backup;
    private final BasisLocator bases;
    private final ContentCopy copies;
    private final @Nullable TreePath temporaryDirectory;
    private final FileStatus basisStatus = new FileStatus();
    private final FileStatus outputStatus = new FileStatus();
    private final ReceiverTrace trace;
    private boolean basisExists;
    private boolean again;
    private boolean backedUp;

    /** What became of a file. */
    enum Result {
        /** It is in its place. */
        DONE,
        /** It waits in the partial directory. */
        DELAYED,
        /** Its content is not the sender's. */
        WRONG,
        /** It could not be put in its place; a notice told why. */
        FAILED
    }

    /**
     * Where a basis can be that is not in the file's own place.
     *
     * @param backup keeps what is replaced
     * @param renamed files that had another name
     */
    record Sources(Backup backup, RenamedBases renamed) {}

    FileReceiver(Site site, ContentReceiver content, DelayedUpdates delayed, Sources sources) {
        this.site = site;
        this.tree = site.tree();
        this.placement = site.options().placement();
        this.notices = site.notices();
        this.listener = site.reports().listener();
        this.attributes = new AttributeSetter(site);
        this.modes = new Modes(site.options().preservation(), new DefaultPermissions(site)::of);
        this.content = content;
        this.trace = ReceiverTrace.of(site);
        this.delayed = delayed;
        this.partials = PartialFiles.of(site);
        this.backup = sources.backup();
        this.bases = new BasisLocator(site, partials, sources);
        this.copies = new ContentCopy(placement.fsync());
        String temporary = placement.temporaryDirectory();
        this.temporaryDirectory = temporary == null ? null : site.named().find(temporary, new byte[0]);
    }

    /**
     * Receives the file that {@code item} announced.
     *
     * @param second it has come before, with content that was wrong
     */
    Result receive(ItemReader item, ReportedItem reported, boolean second) throws IOException {
        again = second;
        backedUp = again && placement.partial() && partials == null;
        FileEntry entry = item.entry();
        byte[] path = site.target().path(entry);
        try (Output output = open(item, path)) {
            if (output == null) {
                content.discard();
                return Result.FAILED;
            }
            listener.item(reported);
            listener.transferStarted(reported);
            long readBefore = content.dataRead();
            boolean right = build(output, entry, path);
            reported.withTraffic(content.dataRead() - readBefore, 0).withSum(content.sum());
            Result result = place(output, item, path, right);
            listener.transferEnded(reported, right);
            return result;
        }
    }

    /** Gives something whose content does not travel the attributes that its entry has. */
    void setExtendedAttributes(FileEntry entry) throws IOException {
        byte[] path = site.target().path(entry);
        byte[] place = Paths.isRoot(path) ? new byte[0] : path;
        if (tree.status(place, outputStatus)) {
            attributes.extendedAttributes().apply(entry, place, null, null, outputStatus);
        }
    }

    private @Nullable Output open(ItemReader item, byte[] path) throws IOException {
        OpenFile basis = openBasis(item, path);
        int type = basis == null ? BasisType.FILE : item.basisType();
        PartialFiles kept =
                type == BasisType.PARTIAL_DIRECTORY && site.session().inplacePartialDir() ? partials : null;
        boolean updatesPartial = kept != null && !kept.hides(path);
        boolean same = type == BasisType.FILE || type == BasisType.BACKUP || updatesPartial;
        TreePath place = kept != null && updatesPartial ? kept.of(path) : new TreePath(tree, path);
        boolean inPlace = placement.inplace() || updatesPartial;
        try {
            return inPlace
                    ? Output.inPlace(place, basis, same)
                    : Output.temporary(tree, path, temporaryDirectory, basis);
        } catch (IOException e) {
            if (basis != null) {
                basis.close();
            }
            Text what = inPlace ? notices.failed("open", place.path()) : notices.failed("mkstemp", temporaryName(path));
            notices.fileFailure(what, e);
            return null;
        }
    }

    private @Nullable OpenFile openBasis(ItemReader item, byte[] path) throws IOException {
        basisExists = false;
        TreePath place = bases.locate(item, path);
        OpenFile basis;
        try {
            basis = place.openForReading();
        } catch (IOException e) {
            return null;
        }
        tree.status(basis, basisStatus);
        basisExists = true;
        trace.basis(place.path(), basisStatus.size());
        return basis;
    }

    private byte[] temporaryName(byte[] path) {
        Text name = new Text().add(Paths.name(path)).add(".XXXXXX");
        if (temporaryDirectory != null) {
            return Paths.join(temporaryDirectory.path(), name.toBytes());
        }
        return Paths.join(Paths.parent(path), Text.of(".").add(name).toBytes());
    }

    private boolean build(Output output, FileEntry entry, byte[] path) throws IOException {
        long size = entry.size();
        long literalBefore = content.literalBytes();
        try {
            return content.receive(
                    output, manner(output, size, path), offset -> listener.transferProgress(offset, size));
        } catch (ContentReceiver.WriteFailure e) {
            keepPart(output, entry, path, literalBefore);
            Text what = Text.of("write failed on ").add(notices.quote(path));
            throw new TransferException(
                    ExitCode.FILE_IO, notices.failure(what, e.reason()).toString(), e);
        } catch (IOException e) {
            keepPart(output, entry, path, literalBefore);
            throw e;
        }
    }

    /** A second attempt replaces everything. */
    private ContentReceiver.Manner manner(Output output, long size, byte[] path) {
        long present = output.overwrites() && basisExists ? basisStatus.size() : 0;
        return new ContentReceiver.Manner(
                again ? Append.NO : placement.append(),
                placement.preallocate() && size > present ? size : 0,
                failure ->
                        notices.warning(notices.failure(Text.of("do_fallocate ").add(notices.quote(path)), failure)));
    }

    /** The transfer breaks off in the middle of a file: {@code --partial} keeps what has come, without a partial directory with a time that marks it. */
    private void keepPart(Output output, FileEntry entry, byte[] path, long literalBefore) {
        if (!placement.partial() || placement.inplace() || content.literalBytes() == literalBefore) {
            return;
        }
        try {
            TreePath place = new TreePath(tree, path);
            if (partials != null) {
                if (partials.hides(path)) {
                    return;
                }
                partials.makeDirectory(path);
                place = partials.of(path);
            } else if (backup.isEnabled()) {
                backup.keep(path, false);
            }
            setAttributes(output, entry, path, TimeRule.NEVER);
            if (partials == null) {
                output.file().setTimes(0, FileTimes.OMIT, 0, 0);
            }
            move(output, entry, place, TimeRule.NEVER);
        } catch (IOException e) {
            notices.failureInPassing(notices.failed("rename", output.place().path()), e);
        }
    }

    private Result place(Output output, ItemReader item, byte[] path, boolean right) throws IOException {
        TreePath place = new TreePath(tree, path);
        boolean withheld = placement.delayUpdates() && partials != null && !partials.hides(path);
        if ((right && !withheld) || placement.inplace()) {
            if (!finish(output, item.entry(), place, right, true)) {
                return Result.FAILED;
            }
            removePartial(output, item, path);
            return right ? Result.DONE : Result.WRONG;
        }
        if (partials != null && partials.hides(path)) {
            return Result.WRONG;
        }
        if (partials != null) {
            return placeInPartialDirectory(output, item, path, right);
        }
        if (placement.partial() && !finish(output, item.entry(), place, right, true)) {
            return Result.FAILED;
        }
        return Result.WRONG;
    }

    /** A partial file that was the basis has served; one that became the file is gone already. */
    private void removePartial(Output output, ItemReader item, byte[] path) throws IOException {
        if (partials == null || item.basisType() != BasisType.PARTIAL_DIRECTORY || output.basis() == null) {
            return;
        }
        try {
            if (!output.overwrites()) {
                partials.of(path).remove();
            }
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOENT) {
                notices.failureInPassing(notices.failed("unlink", path), e);
            }
        }
        partials.removeDirectory(path);
    }

    private Result placeInPartialDirectory(Output output, ItemReader item, byte[] path, boolean right)
            throws IOException {
        PartialFiles place = Objects.requireNonNull(partials, "no partial directory");
        if (output.overwrites() && !placement.delayUpdates()) {
            return Result.WRONG; // it was updated where it is
        }
        try {
            place.makeDirectory(path);
        } catch (IOException e) {
            notices.error(Text.of("Unable to create partial-dir for ")
                    .add(path)
                    .add(" -- discarding " + (right ? "completed file" : "partial file") + "."));
            return Result.FAILED;
        }
        if (!finish(output, item.entry(), place.of(path), right, false)) {
            return Result.FAILED;
        }
        if (right) {
            delayed.add(item.index(), path);
        }
        return right ? Result.DELAYED : Result.WRONG;
    }

    /**
     * Sets attributes, then the name: nobody sees the new content with attributes that are not its own.
     *
     * @param replaces what has the name is kept as a backup
     */
    private boolean finish(Output output, FileEntry entry, TreePath target, boolean right, boolean replaces)
            throws IOException {
        if (placement.fsync()) {
            output.file().fsync();
        }
        if (replaces && backup.isEnabled() && !backedUp && !placement.inplace()) {
            keepOld(target.path());
        }
        TimeRule times = right ? TimeRule.EXACT : TimeRule.NEVER;
        setAttributes(output, entry, output.place().path(), times);
        try {
            if (output.overwrites()) {
                trace.finishing(target.path());
            } else {
                trace.renaming(output.place().path(), target.path());
            }
            move(output, entry, target, times);
            return true;
        } catch (IOException e) {
            Text what =
                    Text.of("rename ").add(notices.quote(output.place().path())).add(" -> \"");
            notices.fileFailure(what.add(target.path()).add("\""), e);
            return false;
        }
    }

    private void keepOld(byte[] path) throws IOException {
        if (backup.keep(path, false) == Backup.Result.FAILED) {
            throw new TransferException(ExitCode.FILE_IO, "");
        }
    }

    /** From another device the content is copied to a new file beside the target first, so that the name changes at once all the same. */
    private void move(Output output, FileEntry entry, TreePath target, TimeRule times) throws IOException {
        try {
            output.moveTo(target);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EXDEV) {
                throw e;
            }
            try (Output copy = Output.temporary(target.tree(), target.path(), null, null)) {
                copies.copy(output.file(), copy.file());
                setAttributes(copy, entry, target.path(), times);
                copy.moveTo(target);
            }
        }
    }

    private void setAttributes(Output output, FileEntry entry, byte[] path, TimeRule times) throws IOException {
        tree.status(output.file(), outputStatus);
        int mode = modes.choose(path, entry.mode(), basisStatus.mode(), basisExists);
        attributes.applyAll(new Wanted(path, output.file(), entry, mode, times), output.basis(), outputStatus);
    }
}
