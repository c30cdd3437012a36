package io.sluice.protocol.options;

import java.util.OptionalInt;

/**
 * What is removed: on the receiving side, and of the source.
 *
 * @param mode when; {@link Mode#DURING} is what a plain {@code --delete} means in protocol ≥ 30
 * @param excluded {@code --delete-excluded}
 * @param force {@code --force}
 * @param ignoreErrors {@code --ignore-errors}
 * @param sourceFiles {@code --remove-source-files}: the sender removes what has arrived
 * @param maxDelete {@code --max-delete}; absent: no limit
 */
public record DeletionOptions(
        Mode mode, boolean excluded, boolean force, boolean ignoreErrors, boolean sourceFiles, OptionalInt maxDelete) {
    /** Nothing is removed. */
    public static final DeletionOptions DEFAULT =
            new DeletionOptions(Mode.NONE, false, false, false, false, OptionalInt.empty());

    /** The four times of {@code --delete-WHEN}. PLAIN is {@code --delete} without a time. */
    public enum Mode {
        NONE,
        PLAIN,
        BEFORE,
        DURING,
        DELAY,
        AFTER
    }
}
