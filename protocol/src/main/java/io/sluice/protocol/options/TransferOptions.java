package io.sluice.protocol.options;

import io.sluice.protocol.session.Side;
import java.util.function.Consumer;

/**
 * Everything that says how one transfer is to be done, as rsync's options name it. Immutable; a role is handed the slice it needs.
 *
 * @param selection which files are in the list
 * @param preservation which attributes are carried over
 * @param update which files are considered out of date
 * @param placement how a file's new content gets to its place
 * @param deletion what is removed on the receiving side
 * @param algorithms compression, checksums, block size
 * @param reporting what the engine has to tell
 * @param limits time and bandwidth
 */
public record TransferOptions(
        SelectionOptions selection,
        PreservationOptions preservation,
        UpdateOptions update,
        PlacementOptions placement,
        DeletionOptions deletion,
        AlgorithmOptions algorithms,
        ReportingOptions reporting,
        LimitOptions limits) {
    /** rsync's defaults: no option given. */
    public static final TransferOptions DEFAULT = new TransferOptions(
            SelectionOptions.DEFAULT,
            PreservationOptions.DEFAULT,
            UpdateOptions.DEFAULT,
            PlacementOptions.DEFAULT,
            DeletionOptions.DEFAULT,
            AlgorithmOptions.DEFAULT,
            ReportingOptions.DEFAULT,
            LimitOptions.DEFAULT);

    public TransferOptions with(SelectionOptions value) {
        return new TransferOptions(value, preservation, update, placement, deletion, algorithms, reporting, limits);
    }

    public TransferOptions with(PreservationOptions value) {
        return new TransferOptions(selection, value, update, placement, deletion, algorithms, reporting, limits);
    }

    public TransferOptions with(UpdateOptions value) {
        return new TransferOptions(selection, preservation, value, placement, deletion, algorithms, reporting, limits);
    }

    public TransferOptions with(PlacementOptions value) {
        return new TransferOptions(selection, preservation, update, value, deletion, algorithms, reporting, limits);
    }

    public TransferOptions with(DeletionOptions value) {
        return new TransferOptions(selection, preservation, update, placement, value, algorithms, reporting, limits);
    }

    public TransferOptions with(AlgorithmOptions value) {
        return new TransferOptions(selection, preservation, update, placement, deletion, value, reporting, limits);
    }

    public TransferOptions with(ReportingOptions value) {
        return new TransferOptions(selection, preservation, update, placement, deletion, algorithms, value, limits);
    }

    public TransferOptions with(LimitOptions value) {
        return new TransferOptions(selection, preservation, update, placement, deletion, algorithms, reporting, value);
    }

    /** Returns these options with what {@code change} does to them; whether they fit together is not checked. */
    public TransferOptions edit(Consumer<OptionDraft> change) {
        OptionDraft draft = new OptionDraft(this);
        change.accept(draft);
        return new DraftRecords(draft).options();
    }

    /**
     * Returns whether these options leave the file list free to come in segments while files are transferred.
     *
     * @param side what the end that has these options is
     */
    public boolean allowsIncrementalRecursion(Side side) {
        boolean needsAll = deletion.mode() == DeletionOptions.Mode.BEFORE
                || deletion.mode() == DeletionOptions.Mode.AFTER
                || placement.delayUpdates()
                || placement.basis().renamed()
                || selection.pruneEmptyDirs();
        return selection.recurse() && selection.incrementalRecursion() && !(side == Side.RECEIVER && needsAll);
    }
}
