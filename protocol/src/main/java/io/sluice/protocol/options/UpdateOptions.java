package io.sluice.protocol.options;

import java.util.OptionalInt;

/**
 * Which files are considered out of date, and whether anything is really done.
 *
 * @param dryRun {@code -n}
 * @param batchOnly {@code --only-write-batch}: the receiver changes nothing, but asks for content as if it did
 * @param checksum {@code -c}
 * @param ignoreTimes {@code -I}
 * @param sizeOnly {@code --size-only}
 * @param newerOnly {@code -u}
 * @param existingOnly {@code --existing}
 * @param ignoreExisting {@code --ignore-existing}
 * @param modifyWindow {@code --modify-window}; absent: 0, and the peer is not told
 */
public record UpdateOptions(
        boolean dryRun,
        boolean batchOnly,
        boolean checksum,
        boolean ignoreTimes,
        boolean sizeOnly,
        boolean newerOnly,
        boolean existingOnly,
        boolean ignoreExisting,
        OptionalInt modifyWindow) {
    /** Size and time decide. */
    public static final UpdateOptions DEFAULT =
            new UpdateOptions(false, false, false, false, false, false, false, false, OptionalInt.empty());

    /** Seconds two times may differ and still be equal; -1 compares nanoseconds too. */
    public int window() {
        return modifyWindow.orElse(0);
    }

    /** Nothing is changed here. */
    public boolean changesNothing() {
        return dryRun || batchOnly;
    }
}
