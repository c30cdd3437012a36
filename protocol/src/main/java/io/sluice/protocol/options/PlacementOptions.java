package io.sluice.protocol.options;

import java.util.OptionalInt;

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
 */
public record PlacementOptions(
        Choice wholeFile,
        boolean inplace,
        boolean sparse,
        boolean partial,
        boolean delayUpdates,
        OptionalInt blockSize,
        boolean fsync) {
    /** Delta transfer into a temporary file, then a rename. */
    public static final PlacementOptions DEFAULT =
            new PlacementOptions(Choice.UNSET, false, false, false, false, OptionalInt.empty(), false);

    /** An option with a {@code --no-} form whose default depends on the transfer. */
    public enum Choice {
        UNSET,
        YES,
        NO
    }
}
