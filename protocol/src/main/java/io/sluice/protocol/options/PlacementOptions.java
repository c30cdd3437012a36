package io.sluice.protocol.options;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a file's new content gets to its place.
 *
 * @param wholeFile {@code -W} or {@code --no-W}; UNSET lets the caller's transport decide (local: whole)
 * @param inplace {@code --inplace}
 * @param sparse {@code -S}
 * @param partial {@code --partial}
 * @param delayUpdates {@code --delay-updates}
 * @param blockSize {@code --block-size} in bytes
 * @param fsync {@code --fsync}
 * @param preallocate {@code --preallocate}
 * @param append {@code --append} or {@code --append-verify}, which imply {@code inplace}
 * @param writeDevices {@code --write-devices}, which implies {@code inplace}
 * @param partialDirectory {@code --partial-dir}, one character per byte; empty: none
 * @param temporaryDirectory {@code --temp-dir}, one character per byte; null: beside the file
 * @param makePath {@code --mkpath}
 * @param backup what becomes of what is replaced or deleted
 * @param basis where else content is found
 */
public record PlacementOptions(
        Choice wholeFile,
        boolean inplace,
        boolean sparse,
        boolean partial,
        boolean delayUpdates,
        OptionalInt blockSize,
        boolean fsync,
        boolean preallocate,
        Append append,
        boolean writeDevices,
        String partialDirectory,
        @Nullable String temporaryDirectory,
        boolean makePath,
        BackupOptions backup,
        BasisOptions basis) {
    private static final String DELAY_DIRECTORY = ".~tmp~";

    /** Delta transfer into a temporary file, then a rename. */
    public static final PlacementOptions DEFAULT = new DraftRecords(new OptionDraft()).placement();

    /** Returns the directory that keeps what is not in its place yet, the one of {@code --delay-updates} included; empty: none. */
    public String partialPlace() {
        return partialDirectory.isEmpty() && delayUpdates ? DELAY_DIRECTORY : partialDirectory;
    }

    /** Whether only what a file has grown by is sent. */
    public enum Append {
        NO,
        /** The old part is taken for equal. */
        BLIND,
        /** The sum is of the whole file. */
        VERIFY
    }

    /** An option with a {@code --no-} form whose default depends on the transfer. */
    public enum Choice {
        UNSET,
        YES,
        NO
    }
}
