package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.linux.FileTimes;
import io.sluice.linux.OpenFile;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.transfer.AttributeSetter.TimeRule;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import java.io.IOException;
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
    private final FileStatus basisStatus = new FileStatus();
    private final FileStatus outputStatus = new FileStatus();
    private boolean basisExists;

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

    FileReceiver(Site site, ContentReceiver content, DelayedUpdates delayed) {
        this.site = site;
        this.tree = site.tree();
        this.placement = site.options().placement();
        this.notices = site.notices();
        this.listener = site.reports().listener();
        this.attributes = new AttributeSetter(site);
        this.modes =
                new Modes(site.options().preservation(), new DefaultPermissions(site.tree(), site.privileges())::of);
        this.content = content;
        this.delayed = delayed;
    }

    /** Receives the file that {@code item} announced. */
    Result receive(ItemReader item, ReportedItem reported) throws IOException {
        FileEntry entry = item.entry();
        byte[] path = site.target().path(entry);
        try (Output output = open(path, item.basisType())) {
            if (output == null) {
                content.discard();
                return Result.FAILED;
            }
            listener.item(reported);
            listener.transferStarted(reported);
            long readBefore = content.dataRead();
            boolean right = build(output, entry, path);
            reported.withTraffic(content.dataRead() - readBefore, 0);
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

    private @Nullable Output open(byte[] path, int basisType) throws IOException {
        boolean fromPartial = basisType == BasisType.PARTIAL_DIRECTORY && placement.delayUpdates();
        byte[] basisPath = fromPartial ? PartialPaths.of(path) : path;
        OpenFile basis = openBasis(basisPath);
        boolean updatesPartial = fromPartial && basis != null && site.session().inplacePartialDir();
        boolean inPlace = placement.inplace() || updatesPartial;
        byte[] outputPath = updatesPartial ? basisPath : path;
        try {
            return inPlace ? Output.inPlace(tree, outputPath, basis) : Output.temporary(tree, outputPath, basis);
        } catch (IOException e) {
            if (basis != null) {
                basis.close();
            }
            Text what =
                    inPlace ? notices.failed("open", outputPath) : notices.failed("mkstemp", temporaryName(outputPath));
            notices.fileFailure(what, e);
            return null;
        }
    }

    private @Nullable OpenFile openBasis(byte[] path) throws IOException {
        basisExists = false;
        OpenFile basis;
        try {
            basis = tree.openForReading(path);
        } catch (IOException e) {
            return null;
        }
        tree.status(basis, basisStatus);
        basisExists = true;
        return basis;
    }

    private static byte[] temporaryName(byte[] path) {
        Text name = Text.of(".").add(Paths.name(path)).add(".XXXXXX");
        return Paths.join(Paths.parent(path), name.toBytes());
    }

    private boolean build(Output output, FileEntry entry, byte[] path) throws IOException {
        long size = entry.size();
        long literalBefore = content.literalBytes();
        try {
            return content.receive(output, offset -> listener.transferProgress(offset, size));
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

    /** The transfer breaks off in the middle of a file: {@code --partial} keeps what has come, with a time that marks it as unfinished. */
    private void keepPart(Output output, FileEntry entry, byte[] path, long literalBefore) {
        boolean keeps = (placement.partial() || placement.delayUpdates()) && !placement.inplace();
        if (!keeps || content.literalBytes() == literalBefore) {
            return;
        }
        try {
            if (placement.delayUpdates()) {
                PartialPaths.makeDirectory(tree, path);
            }
            setAttributes(output, entry, path, TimeRule.NEVER);
            output.file().setTimes(0, FileTimes.OMIT, 0, 0);
            output.moveTo(tree, placement.delayUpdates() ? PartialPaths.of(path) : path);
        } catch (IOException e) {
            notices.failureInPassing(notices.failed("rename", output.path()), e);
        }
    }

    private Result place(Output output, ItemReader item, byte[] path, boolean right) throws IOException {
        if ((right && !placement.delayUpdates()) || placement.inplace()) {
            if (!finish(output, item.entry(), path, path, right)) {
                return Result.FAILED;
            }
            return right ? Result.DONE : Result.WRONG;
        }
        if (placement.delayUpdates()) {
            return placeInPartialDirectory(output, item, path, right);
        }
        if (placement.partial() && !finish(output, item.entry(), path, path, right)) {
            return Result.FAILED;
        }
        return Result.WRONG;
    }

    private Result placeInPartialDirectory(Output output, ItemReader item, byte[] path, boolean right)
            throws IOException {
        try {
            PartialPaths.makeDirectory(tree, path);
        } catch (IOException e) {
            notices.error(Text.of("Unable to create partial-dir for ")
                    .add(path)
                    .add(" -- discarding " + (right ? "completed file" : "partial file") + "."));
            return Result.FAILED;
        }
        if (!finish(output, item.entry(), path, PartialPaths.of(path), right)) {
            return Result.FAILED;
        }
        if (right) {
            delayed.add(item.index(), path);
        }
        return right ? Result.DELAYED : Result.WRONG;
    }

    /** Sets attributes, then the name: nobody sees the new content with attributes that are not its own. */
    private boolean finish(Output output, FileEntry entry, byte[] path, byte[] target, boolean right)
            throws IOException {
        if (placement.fsync()) {
            output.file().fsync();
        }
        setAttributes(output, entry, path, right ? TimeRule.EXACT : TimeRule.NEVER);
        try {
            output.moveTo(tree, target);
            return true;
        } catch (IOException e) {
            Text what = Text.of("rename ").add(notices.quote(output.path())).add(" -> \"");
            notices.fileFailure(what.add(target).add("\""), e);
            return false;
        }
    }

    private void setAttributes(Output output, FileEntry entry, byte[] path, TimeRule times) throws IOException {
        tree.status(output.file(), outputStatus);
        int mode = modes.choose(path, entry.mode(), basisStatus.mode(), basisExists);
        attributes.applyAll(new Wanted(path, output.file(), entry, mode, times), output.basis(), outputStatus);
    }
}
